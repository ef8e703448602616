import { CompiledQuery, type RawBuilder } from 'kysely';
import type { Tx } from './open-database.ts';

/** Stands for a value while a statement is composed. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement of the hottest paths, composed once and then only filled in: putting a long one together at every
 * request costs as much as running it. `compose` gets its input's values as placeholders, so it may pass them on into
 * SQL and must not look at them.
 */
export function prepareStatement<Input extends object, Row>(
  compose: (input: Input) => RawBuilder<Row>,
): (tx: Tx, input: Input) => Promise<Row[]> {
  let text: string | undefined;
  let order: readonly unknown[] = [];
  return async (tx, input) => {
    if (text === undefined) {
      const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) });
      ({ sql: text, parameters: order } = compose(slots as Input).compile(tx as never));
    }
    const values = order.map((one) => (one instanceof Slot ? input[one.name as keyof Input] : one));
    return (await tx.executeQuery<Row>(CompiledQuery.raw(text, values))).rows;
  };
}
