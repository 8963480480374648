import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { markdownToRichText } from '../../import/markdown-to-rich-text.ts'
import { type BenchCluster } from './run-cluster.ts'
import { signIn, type SignedIn } from './sign-in.ts'

export type WrittenArticle = { id: number; version: number; title: string }
export type Reviewers = { editor: SignedIn; first: SignedIn; second: SignedIn; final: SignedIn }

/** The four people of a site's review chain, signed in. */
export async function signInReviewers(cluster: BenchCluster, site: string): Promise<Reviewers> {
  const [editor, first, second, final] = await Promise.all(
    (['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer'] as const).map((duty) =>
      signIn(cluster, { duty, site }),
    ),
  )
  if (!editor || !first || !second || !final) throw new Error('four people are needed')
  return { editor, first, second, final }
}

/** Writes texts into a column and takes them through the chain up to the final reviewer's desk; each title is its own. */
export async function writeArticles(
  { editor, first, second }: Reviewers,
  { site, column, count, about }: { site: string; column: string; count: number; about: string },
): Promise<WrittenArticle[]> {
  const columns = z
    .object({ docs: z.array(z.object({ id: z.number(), site: z.object({ id: z.number(), slug: z.string() }) })) })
    .parse((await editor.call('GET', `/api/columns?where[key][equals]=${column}&limit=200&depth=1`)).json)
  const place = columns.docs.find((each) => each.site.slug === site)
  if (!place) throw new Error(`${site} has no column ${column}`)
  const run = randomBytes(3).toString('hex')
  const written: WrittenArticle[] = []
  for (let number = 1; number <= count; number += 1) {
    const title = `${run}${String(number).padStart(2, '0')} ${about}`
    const answer = await editor.call('POST', '/api/articles?depth=0', {
      site: place.site.id,
      column: place.id,
      title,
      summary: '用来测量从点击到公开所需的时间。',
      body: markdownToRichText(`${title}的正文。\n\n发布之后，这一篇应当立即出现在公开首页和搜索结果里。`),
    })
    if (answer.status !== 201)
      throw new Error(`creating ${title}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`)
    const { doc } = z.object({ doc: z.object({ id: z.number(), version: z.number() }) }).parse(answer.json)
    const document = { ...doc, title }
    await transition(editor, document, 'submit')
    await transition(first, document, 'approve')
    await transition(second, document, 'approve')
    written.push(document)
  }
  return written
}

/** One step of the chain. Throws when it is refused. */
export async function transition(
  person: SignedIn,
  { id, version, title }: WrittenArticle,
  action: string,
): Promise<void> {
  const answer = await person.call('POST', `/api/articles/${id}/transitions`, { action, version })
  if (answer.status !== 200)
    throw new Error(`${action} of ${title}: ${answer.status} ${answer.body.toString('utf8').slice(0, 300)}`)
}
