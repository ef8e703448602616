import { useEffect } from 'react';

/**
 * Gives the focus back to what had it before a dialog opened. Mantine does so for a dialog that closes; ours are mostly
 * taken away instead, so that their code is loaded only when they are opened.
 */
export function useFocusReturn(opened = true): void {
  useEffect(() => {
    if (!opened) return;
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, [opened]);
}
