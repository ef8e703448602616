import { api } from '../api/client.ts';
import { paths } from '../paths.ts';

/** Ends the session. The whole page is loaded anew, so that nothing of the session stays in memory. */
export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session');
  window.location.assign(paths.signIn());
}

/** Goes on in another organization, with nothing of the former one in memory. */
export async function switchOrganization(organizationId: string): Promise<void> {
  await api.POST('/api/v1/session/organization', { body: { organizationId } });
  window.location.assign(paths.home());
}
