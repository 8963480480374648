/**
 * Tables that only grow: what was signed, recorded, versioned and announced stays as it was.
 * The role of CMS and worker may not change or delete their rows; triggers say the same where one role does all.
 */
export const APPEND_ONLY_TABLES = [
  'cluster.sign_offs', 'cluster.voided_sign_offs', 'cluster.transitions', 'cluster.audit', 'cluster.versions', 'delivery.feed',
  'cluster.sign_ins', 'cluster.replaced_passwords', 'cluster.security_settings',
  'cluster.audit_seals', 'cluster.audit_checkpoints', 'cluster.audit_checks', 'cluster.backups',
  'cluster.published_choices', 'cluster.rollout_steps', 'cluster.rollout_verdicts', 'cluster.dry_run_sites', 'cluster.rollout_pictures', 'cluster.site_change_steps',
] as const
