import type { Asker } from './rows.ts'

/** Writes an audit row about a command of the operator's: on the terminal nobody has signed in, and the system's account is who it was. */
export async function auditOperator(
  asker: Asker, { deed, person, reason, detail = {} }: { deed: string; person: string; reason?: string; detail?: Record<string, unknown> },
): Promise<void> {
  await asker.query('insert into cluster.audit (person_name, duty, deed, reason, detail) values ($1, $2, $3, $4, $5)', [
    person, 'operator', deed, reason ?? null, JSON.stringify(detail)])
}
