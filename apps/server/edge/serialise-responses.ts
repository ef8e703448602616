import { isDeepStrictEqual } from 'node:util';
import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { ZodType } from 'zod';

type Compiler = FastifySerializerCompiler<ZodType>;

/** Answers are typed by their schemas when they are compiled; at run time they are only written. */
export const writeResponses: Compiler = () => JSON.stringify;

/**
 * For tests: an answer must be exactly what its schema says, with nothing left out and nothing more, so that what
 * {@link writeResponses} writes is what the OpenAPI promises.
 */
export const checkResponses: Compiler =
  ({ schema, method, url, httpStatus }) =>
  (answer) => {
    const written = JSON.parse(JSON.stringify(answer));
    const promised = schema.parse(written);
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(promised)), written)) {
      throw new Error(
        `${method} ${url} ${httpStatus} answers more than its schema says: ${JSON.stringify(written)}`,
      );
    }
    return JSON.stringify(written);
  };
