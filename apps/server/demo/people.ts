/** The groups of the demonstration's call centre, with how they ring. */
export const groups = [
  { name: 'Support', ringStrategy: 'longest_idle' },
  { name: 'Sales', ringStrategy: 'round_robin' },
  { name: 'Billing', ringStrategy: 'round_robin' },
  { name: 'Onboarding', ringStrategy: 'all_at_once' },
  { name: 'Kundendienst', ringStrategy: 'longest_idle' },
  { name: 'Night shift', ringStrategy: 'random' },
] as const;

export type GroupName = (typeof groups)[number]['name'];

export interface Hire {
  firstName: string;
  lastName: string;
  group: GroupName;
  /** How many days ago they were added. */
  daysAgo: number;
  title: string;
}

const names = `
Amara Nwosu, Ben Castillo, Chiara Romano, Daniel Kim, Elif Yıldız, Finn Larsen, Grace Adeyemi, Hugo Lefèvre, Ines Duarte,
Jakob Brandt, Kavya Rao, Liam Murphy, Maja Kowalska, Noah Schneider, Olivia Bennett, Pavel Novák, Quentin Moreau, Rosa Jiménez,
Samir Haddad, Tilda Berg, Uma Krishnan, Viktor Horváth, Wanda Peters, Xavier Costa, Yara Mansour, Zoë de Vries, Aaron Feldman,
Bianca Weber, Caleb Osei, Dina Petrova, Emil Sørensen, Farah Siddiqui, Gustav Lindqvist, Hana Sato, Ivan Marković, Julia Hoffmann,
Kwame Mensah, Leonie Krüger, Mateo Silva, Nadia Rahimi, Oskar Wiśniewski, Priya Menon, Rafael Torres, Selin Demir, Tomás Ferreira,
Ursula Meier, Valentina Ricci, William O’Connor, Yusuf Abdi, Zuzana Králová, Anton Vogel, Beatriz Lima, Conor Walsh, Delia Popescu`;

const titles = ['Agent', 'Agent', 'Agent', 'Senior agent', 'Agent', 'Team lead'];

/** Fifty-four people, hired in small groups over half a year. */
export const hires: Hire[] = names
  .split(',')
  .map((name) => name.trim().split(/ (.*)/))
  .map(([firstName, lastName], index) => ({
    firstName: firstName!,
    lastName: lastName!,
    group: groups[index % groups.length]!.name,
    daysAgo: 190 - Math.floor(index / 6) * 20,
    title: titles[Math.floor(index / groups.length) % titles.length]!,
  }));

/** Who left, how many days ago, why. */
export const leavers = [
  { name: 'Ben Castillo', daysAgo: 121, reason: 'HR-2041: left the company' },
  { name: 'Hugo Lefèvre', daysAgo: 96, reason: 'HR-2077: end of contract' },
  { name: 'Quentin Moreau', daysAgo: 64, reason: 'HR-2103: moved to another department' },
  { name: 'Wanda Peters', daysAgo: 41, reason: 'HR-2118: parental leave' },
  { name: 'Farah Siddiqui', daysAgo: 23, reason: 'HR-2140: left the company' },
  { name: 'Rafael Torres', daysAgo: 3, reason: 'SEC-318: laptop lost' },
];

export const returning = { name: 'Wanda Peters', daysAgo: 6, reason: 'HR-2151: back from leave' };

/** Who was invited lately, and where that stands. */
export const invited = [
  { firstName: 'Greta', lastName: 'Aalto', state: 'sent', daysAgo: 1 },
  { firstName: 'Hamid', lastName: 'Karimi', state: 'visited', daysAgo: 2 },
  { firstName: 'Isla', lastName: 'Fraser', state: 'refused', daysAgo: 1 },
  { firstName: 'Jonas', lastName: 'Keller', state: 'bounced', daysAgo: 3 },
  { firstName: 'Kira', lastName: 'Volkova', state: 'expired', daysAgo: 12 },
  { firstName: 'Lorenzo', lastName: 'Greco', state: 'revoked', daysAgo: 5 },
] as const;

export const administrators = ['Elif Yıldız', 'Julia Hoffmann'];

const domain = 'harbour-calls.example';

/** `Zoë de Vries` → `zoe.de-vries@harbour-calls.example`. */
export function addressOf(firstName: string, lastName: string): string {
  const plain = `${firstName}.${lastName.replaceAll(' ', '-')}`
    .normalize('NFKD')
    .replaceAll('ı', 'i')
    .replaceAll('ø', 'o')
    .replace(/[^a-zA-Z.-]/g, '');
  return `${plain.toLowerCase()}@${domain}`;
}
