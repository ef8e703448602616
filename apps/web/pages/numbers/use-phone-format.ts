import { useEffect, useState } from 'react';

type Write = (e164: string) => string;

let loaded: Write | undefined;

/** How a number is written for people. The tables for it are large and come after the page: until then as stored. */
export function usePhoneFormat(): Write {
  const [write, setWrite] = useState<Write | undefined>(() => loaded);
  useEffect(() => {
    if (loaded) return;
    void import('@rollcall/contract/phone-number').then(({ formatPhoneNumber }) => {
      loaded = formatPhoneNumber;
      setWrite(() => formatPhoneNumber);
    });
  }, []);
  return write ?? ((e164) => e164);
}
