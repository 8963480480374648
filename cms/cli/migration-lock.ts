/** Held while the structure of the database changes. Any number will do, so long as every machine takes the same one. */
export const MIGRATION_LOCK = 20_260_109
