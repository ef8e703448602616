/** The same list with the item at `from` standing at `to`. */
export function moveItem<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const target = Math.min(items.length - 1, Math.max(0, to));
  const without = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...without.slice(0, target), item, ...without.slice(target)];
}
