import { type KeyboardEvent, type PointerEvent, useState } from 'react';

interface ReorderOptions {
  count: number;
  /** Of one row in pixels; all are as high. */
  rowHeight: number;
  onMove: (from: number, to: number) => void;
}

interface Drag {
  from: number;
  startY: number;
  offset: number;
}

/** Moves rows of one height by their handles: dragged with mouse or finger, or with the arrow keys. */
export function useReorder({ count, rowHeight, onMove }: ReorderOptions) {
  const [drag, setDrag] = useState<Drag>();
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index));
  const target = drag && clamp(drag.from + Math.round(drag.offset / rowHeight));

  /** How far the row is drawn from its place, while one is dragged over it. */
  const shiftOf = (index: number): number => {
    if (!drag || target === undefined) return 0;
    if (index === drag.from) return drag.offset;
    if (index > drag.from && index <= target) return -rowHeight;
    return index < drag.from && index >= target ? rowHeight : 0;
  };

  const handleOf = (index: number) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: index, startY: event.clientY, offset: 0 });
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { clientY } = event;
      setDrag((now) => now && { ...now, offset: clientY - now.startY });
    },
    onPointerUp() {
      setDrag(undefined);
      if (target !== undefined && target !== index) onMove(index, target);
    },
    onPointerCancel() {
      setDrag(undefined);
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const to: Partial<Record<string, number>> = {
        ArrowUp: index - 1,
        ArrowDown: index + 1,
        Home: 0,
        End: count - 1,
      };
      const wanted = to[event.key];
      if (wanted === undefined) return;
      event.preventDefault();
      if (clamp(wanted) !== index) onMove(index, clamp(wanted));
    },
  });

  return { dragged: drag?.from, shiftOf, handleOf };
}
