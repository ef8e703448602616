import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';

/** The sidebar as a drawer, where the screen has no room for it beside the page. */
export function PhoneMenu({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened onClose={onClose} position="left" size={280} padding={0}>
      <Drawer.Overlay backgroundOpacity={0.3} />
      <Drawer.Content aria-label={t('nav.main')}>
        <Drawer.Body className={classes.drawer}>
          <Sidebar />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
