/**
 * The admin no longer locks documents for others. The two tables of the locks stay, empty of meaning: while processes of the
 * release before still run they go on writing to them. What comes after may drop them.
 */
export async function up(): Promise<void> {}

export async function down(): Promise<void> {}
