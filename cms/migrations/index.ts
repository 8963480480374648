import * as migration_20261123_041130_initial from './20261123_041130_initial.ts';
import * as migration_20261123_041131_public_copy from './20261123_041131_public_copy.ts';

export const migrations = [
  {
    up: migration_20261123_041130_initial.up,
    down: migration_20261123_041130_initial.down,
    name: '20261123_041130_initial',
  },
  {
    up: migration_20261123_041131_public_copy.up,
    down: migration_20261123_041131_public_copy.down,
    name: '20261123_041131_public_copy'
  },
];
