import type { PayloadRequest } from 'payload'
import { type LetterStatus, letterStatusSchema } from '@cluster/shared/delivery/records'
import { documentPath } from '@cluster/shared/delivery/addresses'
import { nextSteps } from '@cluster/shared/interaction/letters'
import type { State } from '@cluster/shared/publishing/states'
import { query, sql } from '../../../database/query.ts'
import { placeOf } from '../../../delivery/place.ts'
import type { Letter } from '../../../payload-types.ts'

/** Opens the status record that the holder of the query code can see. It holds nothing that names the sender. */
export async function openStatus(req: PayloadRequest, letter: Letter, siteSlug: string): Promise<void> {
  const record: LetterStatus = letterStatusSchema.parse({
    site: siteSlug, kind: letter.kind, title: letter.title, dueAt: new Date(letter.dueAt).toISOString(),
    steps: [{ step: 'received', at: new Date(letter.receivedAt).toISOString() }],
  })
  await query(req, sql`
    insert into delivery.letter_status (code_hash, site, record, received_at, due_at)
    values (${letter.codeHash}, ${siteSlug}, ${JSON.stringify(record)}::jsonb, ${record.steps[0]!.at}, ${record.dueAt})`)
}

/** Moves the status record along with the letter. */
export async function moveStatus(req: PayloadRequest, letter: Letter, { state, at }: { state: string; at: string }): Promise<void> {
  const [held] = await query<{ record: LetterStatus }>(req, sql`
    select record from delivery.letter_status where code_hash = ${letter.codeHash} for update`)
  if (!held) return
  const isPublic = Boolean(letter.isPublic && letter.mayPublish)
  const { site } = await placeOf(req, letter)
  const isAnswered = state === 'published'
  const record: LetterStatus = letterStatusSchema.parse({
    ...held.record,
    steps: nextSteps(held.record.steps, state as State, at, isPublic),
    ...(isAnswered ? { answer: letter.answer ?? '', answeredBy: site.office } : {}),
    publishedPath: isAnswered && isPublic ? documentPath({ collection: 'letters', id: letter.id }) : undefined,
  })
  await query(req, sql`
    update delivery.letter_status set record = ${JSON.stringify(record)}::jsonb, answered_at = coalesce(answered_at, ${isAnswered ? at : null}::timestamptz)
    where code_hash = ${letter.codeHash}`)
}
