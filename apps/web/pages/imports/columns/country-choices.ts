const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Two letters that have a name and are no country. */
const noCountries = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'QO', 'ZZ']);

/** Countries by their two letters, named and sorted in a language. */
export function countryChoices(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountries.has(code))
    .flatMap((code) => {
      const name = names.of(code);
      return name ? [{ value: code, label: name }] : [];
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
