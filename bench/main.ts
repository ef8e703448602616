// `npm run bench`: prints ratios to a floor measured in the same run; `npm run bench -- --only=http --sizes=1000,10000`.
import { parseArgs } from 'node:util';
import { benchAccess } from './access.ts';
import { benchHttp } from './http.ts';
import { benchImport } from './import.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'http,import,access' },
    sizes: { type: 'string', default: '1000,10000,100000' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const benches: Record<string, (sizes: number[]) => Promise<void>> = {
  http: benchHttp,
  access: benchAccess,
  import: benchImport,
};
for (const name of values.only.split(',')) await benches[name]!(sizes);
