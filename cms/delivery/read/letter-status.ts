import type { LetterStatus } from '@cluster/shared/delivery/records'
import type { ReadDatabase } from './database.ts'

/** Where the letter of this code stands; `null` for a code that nobody was given. */
export async function readLetterStatus(database: ReadDatabase, codeHash: string): Promise<LetterStatus | null> {
  const [row] = await database.rows<{ record: LetterStatus }>('select record from delivery.letter_status where code_hash = $1', [codeHash])
  return row?.record ?? null
}
