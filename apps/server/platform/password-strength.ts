import { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Guesses that a password must withstand: what zxcvbn calls its best score, out of reach of an online attack. */
const leastGuesses = 1e10;
/** Characters that must remain when the words that everybody would try first are taken out. */
const leastOfOnesOwn = 6;
/** Seen in the passwords of every company, in the languages of the dashboard. */
const everybodysWords = [
  'password',
  'passwort',
  'welcome',
  'willkommen',
  'admin',
  'callcenter',
  'callcentre',
  'login',
];

let estimator: Promise<ZxcvbnFactory> | undefined;

/** Loads the lists of common passwords at the first use: 30 MB that a server without new passwords does not need. */
function loadEstimator(): Promise<ZxcvbnFactory> {
  estimator ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary, adjacencyGraphs }) => new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }),
  );
  return estimator;
}

/** Characters as people count them, in the form in which a password is hashed. */
export function lengthOfPassword(password: string): number {
  return [...password.normalize('NFKC')].length;
}

/**
 * Judges a new password offline (NIST 800-63B-4 §3.1.1.2): common and breached ones, repetitions, sequences, keyboard
 * walks, dates, and `ownWords` (the company's and the person's). There is no rule about kinds of characters.
 * @returns what is wrong with it, with words that help; null for a good one
 */
export async function findPasswordWeakness(
  password: string,
  ownWords: readonly string[],
): Promise<{ message: string; remedy: string } | null> {
  const words = splitWords([...ownWords, ...everybodysWords]);
  if (withoutWords(password, words).length < leastOfOnesOwn) {
    return {
      message: 'The password consists of words that anybody who knows you or your company would try first.',
      remedy: 'Use four or more words that have nothing to do with your name, your company or each other.',
    };
  }
  const { guesses, feedback } = (await loadEstimator()).check(password.normalize('NFKC'), words);
  if (guesses >= leastGuesses) return null;
  return {
    message: reasons[feedback.warning ?? ''] ?? 'The password is easy to guess.',
    remedy:
      'Use four or more words that have nothing to do with each other, or let a password manager make one.',
  };
}

/** By zxcvbn's own keys. */
const reasons: Record<string, string> = {
  simpleRepeat: 'The password repeats a character, which is easy to guess.',
  extendedRepeat: 'The password repeats the same characters, which is easy to guess.',
  sequences: 'The password follows a sequence such as abc or 123.',
  straightRow: 'The password follows the keys of the keyboard.',
  keyPattern: 'The password follows the keys of the keyboard.',
  common: 'The password is among those that attackers try first.',
  topTen: 'The password is among those that attackers try first.',
  topHundred: 'The password is among those that attackers try first.',
  similarToCommon: 'The password is made of some that attackers try first.',
  dates: 'The password is made of dates.',
  recentYears: 'The password is made of years.',
};

function splitWords(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  return [...new Set(words.filter((word) => word.length >= 3))].sort((a, b) => b.length - a.length);
}

function withoutWords(password: string, words: readonly string[]): string {
  let rest = password.normalize('NFKC').toLowerCase();
  for (const word of words) rest = rest.replaceAll(word, ' ');
  return rest.replace(/(19|20)\d\d|[^\p{L}\p{N}]+/gu, '');
}
