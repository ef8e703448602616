import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Where toastDone speaks: at the top, since what is done next stands at the foot. Loaded after the page. */
export function Toasts() {
  return <Notifications position="top-center" />;
}
