import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SideDrawer.module.css';
import { useFocusReturn } from './use-focus-return.ts';

interface SideDrawerProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Buttons that stay in sight at the foot, the main one last. */
  footer?: ReactNode;
  size?: number;
  children: ReactNode;
}

/** A form or details beside the list that they belong to; the whole screen on a phone. */
export function SideDrawer({ opened, onClose, title, footer, size = 460, children }: SideDrawerProps) {
  const { t } = useTranslation();
  useFocusReturn(opened);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      size={`min(${size}px, 100vw)`}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      classNames={{
        content: classes.content,
        header: classes.header,
        title: classes.title,
        body: classes.body,
      }}
    >
      <div className={classes.scroll}>{children}</div>
      {footer && <div className={classes.footer}>{footer}</div>}
    </Drawer>
  );
}
