import type { HomeAnswer } from '@cluster/shared/delivery/api'
import { medianWorkingHours } from '@cluster/shared/interaction/answer-times'
import type { ReadDatabase } from './database.ts'

/** A median of the newest answers says how an office works today; older ones would only slow it down. */
const NEWEST_ANSWERS = 500

/** How many letters a site received and how it answered them; `null` before the first. */
export async function readLetterFigures(database: ReadDatabase, site: string): Promise<HomeAnswer['letters']> {
  const [row] = await database.rows<{ received: number; answered: number; answeredInTime: number; spans: Array<[string, string]> }>(`
    select count(*)::integer as received, count(answered_at)::integer as answered,
      count(*) filter (where answered_at <= due_at)::integer as "answeredInTime",
      array(
        select jsonb_build_array(received_at, answered_at) from delivery.letter_status
        where site = $1 and answered_at is not null order by received_at desc limit ${NEWEST_ANSWERS}
      ) as spans
    from delivery.letter_status where site = $1`, [site])
  if (!row || row.received === 0) return null
  const { received, answered, answeredInTime, spans } = row
  const medianHours = medianWorkingHours(spans.map(([receivedAt, answeredAt]) => ({ receivedAt: new Date(receivedAt), answeredAt: new Date(answeredAt) })))
  return { received, answered, answeredInTime, medianHours }
}
