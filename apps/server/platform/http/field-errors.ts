import type { FieldError } from '@rollcall/contract/errors';
import type { FastifySchemaValidationError } from 'fastify';

/** One entry a refused field: its path with dots and what is wrong with it, in the schema's own words. */
export function fieldErrorsOf(issues: readonly FastifySchemaValidationError[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.instancePath.split('/').slice(1).join('.');
    const params = issue.params as { keys?: string[]; issue?: { keys?: string[] } };
    const unknownKeys = params.keys ?? params.issue?.keys;
    if (issue.keyword !== 'unrecognized_keys' || !unknownKeys)
      return [{ field: path, message: issue.message ?? 'Not valid.' }];
    return unknownKeys.map((key) => ({
      field: path ? `${path}.${key}` : key,
      message: `There is no field “${key}” here.`,
      remedy: 'Remove it or correct its name.',
    }));
  });
}
