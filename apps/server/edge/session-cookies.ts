import type { FastifyReply, FastifyRequest } from 'fastify';

/** Cookies follow the public URL: under https they are `__Host-` and Secure, plain http is for loopback only. */
function cookie(name: string) {
  const nameFor = (publicUrl: string) => (publicUrl.startsWith('https:') ? `__Host-${name}` : name);
  const attributes = (publicUrl: string) =>
    ({ path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') }) as const;
  return {
    read: (publicUrl: string, request: FastifyRequest) => request.cookies[nameFor(publicUrl)],
    write(publicUrl: string, reply: FastifyReply, value: string, expires: Date) {
      reply.setCookie(nameFor(publicUrl), value, { ...attributes(publicUrl), expires });
    },
    clear(publicUrl: string, reply: FastifyReply) {
      reply.clearCookie(nameFor(publicUrl), attributes(publicUrl));
    },
  };
}

/** The secret of the session that the browser works in. */
export const sessionCookie = cookie('rollcall_session');
/** The secrets of its sessions in other organizations, separated by dots: what the switcher offers. */
export const otherSessionsCookie = cookie('rollcall_other_sessions');
