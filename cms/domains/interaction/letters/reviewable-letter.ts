import type { PayloadRequest } from 'payload'
import type { LetterContent, LetterRecord } from '@cluster/shared/delivery/records'
import { latestTag, letterStatusTag } from '@cluster/shared/delivery/tags'
import { answerIssues } from '@cluster/shared/interaction/letters'
import { localDate } from '@cluster/shared/interaction/working-days'
import { maskIdentity, maskName, maskSender } from '@cluster/shared/privacy/masking'
import { columnByKey, placeOf } from '../../../delivery/place.ts'
import { storeRecord, storeTombstone } from '../../../delivery/store-record.ts'
import type { Letter } from '../../../payload-types.ts'
import { clockOf } from '../../../review/clock.ts'
import type { Publication, Reviewable } from '../../../review/reviewable.ts'
import { moveStatus } from './status.ts'

const INTERACTION = 'interaction'
const read = (req: PayloadRequest, id: number): Promise<Letter> =>
  req.payload.findByID({ collection: 'letters', id, depth: 0, req, overrideAccess: true, showHiddenFields: true })

/** What is signed and, where sender and office agree, published: names masked, numbers in the texts masked. */
async function contentOf(req: PayloadRequest, letter: Letter): Promise<LetterContent> {
  const { site } = await placeOf(req, letter)
  const sender = { name: letter.senderName, contact: letter.senderContact }
  return {
    title: maskSender(letter.publicTitle?.trim() || letter.title, sender), letterKind: letter.kind, sender: maskName(letter.senderName),
    question: maskSender(letter.publicText?.trim() || letter.text, sender), answer: maskIdentity(letter.answer?.trim() ?? '', sender),
    receivedOn: localDate(new Date(letter.receivedAt)), answeredBy: site.office,
  }
}

/** The public form of a letter with its answer. */
export async function letterRecord(req: PayloadRequest, letter: Letter, publication: (content: LetterContent) => Publication): Promise<LetterRecord> {
  const content = await contentOf(req, letter)
  const { site } = await placeOf(req, letter)
  const column = await columnByKey(req, site.id, INTERACTION)
  return {
    collection: 'letters', id: letter.id, site: site.slug, kind: 'letter', column: { key: INTERACTION, name: column?.name ?? '' },
    content, body: { text: `${content.question}\n${content.answer}`, anchors: [] }, ...publication(content),
  }
}

export const reviewableLetter: Reviewable = {
  sign: async (req, id) => {
    const letter = await read(req, id)
    return { content: await contentOf(req, letter), issues: answerIssues(letter.answer ?? '') }
  },
  publish: async (req, id, _signed, publication) => {
    const letter = await read(req, id)
    const { site } = await placeOf(req, letter)
    if (!letter.isPublic || !letter.mayPublish) {
      // It may have been public before: a correction can take it back to its sender.
      const last = publication.disclosure.chain.at(-1)!
      return storeTombstone(req, { collection: 'letters', id }, {
        reason: '这封来信不再公开，答复请来信人凭查询码查看。', name: last.name, unit: last.unit, at: clockOf(req).toISOString() }, site.path)
    }
    const record = await letterRecord(req, letter, () => publication)
    return storeRecord(req, record, { files: [], links: [], sitePath: site.path, now: clockOf(req).toISOString() })
  },
  withdraw: async (req, id, withdrawal) => {
    const { site } = await placeOf(req, await read(req, id))
    return storeTombstone(req, { collection: 'letters', id }, withdrawal, site.path)
  },
  onStep: async (req, id, step) => {
    const letter = await read(req, id)
    await moveStatus(req, letter, step)
    const { site } = await placeOf(req, letter)
    // The home page tells how many letters were answered, and how fast.
    return [letterStatusTag(letter.codeHash), latestTag(site.slug)]
  },
}
