import { createUserInput } from '@rollcall/contract/users';
import { describe, expect, it } from 'vitest';
import { inputOf, nobodyYet } from './new-agent.ts';

const ada = { ...nobodyYet, firstName: 'Ada', lastName: 'Lovelace', email: ' ada@example.com ' };

describe('a new agent', () => {
  it('is what the contract takes, when only the required fields are filled in', () => {
    const input = inputOf(ada);
    expect(createUserInput.safeParse(JSON.parse(JSON.stringify(input))).success).toBe(true);
    expect(input).toMatchObject({ email: 'ada@example.com', role: 'agent', extension: 'auto' });
    expect(input.department).toBeUndefined();
  });

  it('has the extension that was chosen, or none', () => {
    expect(inputOf({ ...ada, extensionKind: 'none', extension: '204' }).extension).toBeNull();
    expect(inputOf({ ...ada, extensionKind: 'own', extension: ' 204 ' }).extension).toBe('204');
  });

  it('leaves out custom fields without a name or a value', () => {
    const customFields = [
      { name: ' Badge ', value: '77' },
      { name: '', value: 'x' },
      { name: 'Desk', value: ' ' },
    ];
    expect(inputOf({ ...ada, customFields }).customFields).toEqual({ Badge: '77' });
  });
});
