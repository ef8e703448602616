// Prints the OpenAPI document on stdout; needs no database, because it only collects the routes.
import { buildApp } from './app.ts';
import type { Deps } from './edge/deps.ts';

const deps = { installation: { publicUrl: 'http://localhost:3000' } } as Deps;
const app = await buildApp(deps);
await app.ready();
process.stdout.write(`${JSON.stringify(app.swagger(), null, 2)}\n`);
