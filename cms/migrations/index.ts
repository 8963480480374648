import * as migration_20261123_041130_initial from './20261123_041130_initial.ts';
import * as migration_20261123_041131_public_copy from './20261123_041131_public_copy.ts';
import * as migration_20261123_072200_audit_trail from './20261123_072200_audit_trail.ts';
import * as migration_20261123_072431_no_document_locks from './20261123_072431_no_document_locks.ts';
import * as migration_20261123_072450_accounts from './20261123_072450_accounts.ts';
import * as migration_20261123_073100_backups from './20261123_073100_backups.ts';
import * as migration_20261123_075600_rates from './20261123_075600_rates.ts';
import * as migration_20261123_102000_rollouts from './20261123_102000_rollouts.ts';
import * as migration_20261123_103000_content_pool from './20261123_103000_content_pool.ts';
import * as migration_20261123_104202_layouts from './20261123_104202_layouts.ts';
import * as migration_20261123_110500_rollout_pictures from './20261123_110500_rollout_pictures.ts';
import * as migration_20261123_112200_site_changes from './20261123_112200_site_changes.ts';
import * as migration_20261123_123500_titles from './20261123_123500_titles.ts';

export const migrations = [
  {
    up: migration_20261123_041130_initial.up,
    down: migration_20261123_041130_initial.down,
    name: '20261123_041130_initial',
  },
  {
    up: migration_20261123_041131_public_copy.up,
    down: migration_20261123_041131_public_copy.down,
    name: '20261123_041131_public_copy',
  },
  {
    up: migration_20261123_072200_audit_trail.up,
    down: migration_20261123_072200_audit_trail.down,
    name: '20261123_072200_audit_trail',
  },
  {
    up: migration_20261123_072431_no_document_locks.up,
    down: migration_20261123_072431_no_document_locks.down,
    name: '20261123_072431_no_document_locks',
  },
  {
    up: migration_20261123_072450_accounts.up,
    down: migration_20261123_072450_accounts.down,
    name: '20261123_072450_accounts',
  },
  {
    up: migration_20261123_073100_backups.up,
    down: migration_20261123_073100_backups.down,
    name: '20261123_073100_backups',
  },
  {
    up: migration_20261123_075600_rates.up,
    down: migration_20261123_075600_rates.down,
    name: '20261123_075600_rates',
  },
  {
    up: migration_20261123_102000_rollouts.up,
    down: migration_20261123_102000_rollouts.down,
    name: '20261123_102000_rollouts',
  },
  {
    up: migration_20261123_103000_content_pool.up,
    down: migration_20261123_103000_content_pool.down,
    name: '20261123_103000_content_pool',
  },
  {
    up: migration_20261123_104202_layouts.up,
    down: migration_20261123_104202_layouts.down,
    name: '20261123_104202_layouts',
  },
  {
    up: migration_20261123_110500_rollout_pictures.up,
    down: migration_20261123_110500_rollout_pictures.down,
    name: '20261123_110500_rollout_pictures',
  },
  {
    up: migration_20261123_112200_site_changes.up,
    down: migration_20261123_112200_site_changes.down,
    name: '20261123_112200_site_changes',
  },
  {
    up: migration_20261123_123500_titles.up,
    down: migration_20261123_123500_titles.down,
    name: '20261123_123500_titles',
  },
];
