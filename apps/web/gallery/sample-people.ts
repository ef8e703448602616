import type { Tone } from '../ui/StatusBadge.tsx';

export interface SamplePerson {
  id: string;
  name: string;
  email: string;
  role: string;
  status: string;
  tone: Tone;
  pending: boolean;
  groups: string;
  extension: string;
  lastSeen: string;
}

const first =
  'Ada Björn Chinwe Daniela Émile Farah Grzegorz Hanna Ilse José Katarzyna Liam Mei Nguyễn Oluwaseun Priya'.split(
    ' ',
  );
const last =
  'Lovelace Åkesson Okonkwo Müller-Lüdenscheidt Zola Haddad Brzęczyszczykiewicz Schmidt Fernández Kowalska O’Brien Chen Thị Adeyemi Raman'.split(
    ' ',
  );
const groups = ['Support DE', 'Support EN', 'Sales', 'Billing', 'Escalations', 'Night shift'];
const states: [string, Tone, boolean][] = [
  ['Active', 'good', false],
  ['Active', 'good', false],
  ['Active', 'good', false],
  ['Active', 'good', false],
  ['Invited', 'accent', true],
  ['Invitation refused', 'bad', false],
  ['Deactivated', 'idle', false],
];

/** People made up by arithmetic, the same every time. */
export function samplePeople(count: number): SamplePerson[] {
  return Array.from({ length: count }, (_, i) => {
    const given = first[(i * 7) % first.length]!;
    const family = last[(i * 11 + Math.floor(i / 16)) % last.length]!;
    const [status, tone, pending] = states[(i * 5 + Math.floor(i / 9)) % states.length]!;
    return {
      id: `u${i}`,
      name: `${given} ${family}`,
      email: `${given}.${family}${i}@northwind.example`.toLowerCase().replaceAll(/[’\s]/g, ''),
      role: i % 23 === 0 ? 'Administrator' : 'Agent',
      status,
      tone,
      pending,
      groups: i % 4 === 0 ? `${groups[i % 6]}, ${groups[(i + 2) % 6]}` : groups[i % 6]!,
      extension: String(1000 + (i % 9000)),
      lastSeen: new Date(Date.now() - ((i * 7919) % 400_000) * 60_000).toISOString(),
    };
  });
}
