import { existsSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Payload } from 'payload'
import { auditOperator } from '../../audit/record-operator.ts'
import { givenEnvironment } from '../../env.ts'
import { openSink } from '../../export/folder-sink.ts'
import type { ExportOutcome } from '../../export/export-site.ts'
import { productVersion } from '../product-version.ts'
import { openBar } from '../progress-bar.ts'
import { elapsedSince, say } from '../progress.ts'
import { Refusal } from '../refusal.ts'
import { onStopRequest } from '../until-stopped.ts'
import { withServices } from '../with-services.ts'

const USAGE = '用法：npm run export -- --site 站点标识 [--out 文件.zip 或 目录]\n例如：npm run export -- --site suzhou-kunshan --out /srv/export/kunshan.zip'
const SITE = /^[a-z0-9-]+$/

/**
 * `npm run export`: what one office has written, in open formats, as a zip file or a folder. Answers the exit code: 1 when
 * some attachments were not there. Throws `Refusal`.
 */
export async function run(argv: string[]): Promise<number> {
  const { slug, out } = readRequest(argv)
  return withServices({ database: true, search: false }, async ({ env, isClusterUp }) => {
    if (isClusterUp) onStopRequest({ stop: () => process.exit(130), kill: () => process.exit(130) })
    const [{ getPayload }, { default: config }, { leaveDatabase }] = await Promise.all([
      import('payload'), import('../../payload.config.ts'), import('../leave-database.ts'),
    ])
    const payload = await getPayload({ config, disableOnInit: true })
    try {
      const start = performance.now()
      const outcome = await writeExport({ payload, slug, out, mediaDir: env.MEDIA_DIR ?? '' })
      await auditOperator(payload.db.pool, {
        deed: 'export', person: userInfo().username,
        detail: { site: slug, articles: outcome.articles, policies: outcome.policies, letters: outcome.letters, files: outcome.files },
      })
      say(`✓ 导出完成：${out}（${elapsedSince(start)}）`)
      say(`  稿件 ${outcome.articles} 篇，政策文件 ${outcome.policies} 篇，已公开的留言 ${outcome.letters} 件，图片和附件 ${outcome.files} 个；里面的“说明.md”讲了怎么看`)
      if (outcome.missingFiles.length === 0) return 0
      say(`⚠ 有 ${outcome.missingFiles.length} 个附件或图片不在附件目录里，名单见“说明.md”。`)
      return 1
    } finally {
      await leaveDatabase(payload)
    }
  })
}

async function writeExport(
  { payload, slug, out, mediaDir }: { payload: Payload, slug: string, out: string, mediaDir: string },
): Promise<ExportOutcome> {
  const { docs: [site] } = await payload.find({ collection: 'sites', where: { slug: { equals: slug } }, limit: 1, depth: 0, overrideAccess: true })
  if (!site) throw new Refusal(`没有标识为“${slug}”的站点。站点标识见门户的“/sites/”页，例如 suzhou-kunshan。`)
  const { exportSite } = await import('../../export/export-site.ts')
  const sink = await openSink(out)
  const bar = openBar('导出', '篇')
  try {
    const outcome = await exportSite({ payload, site, mediaDir, product: productVersion(), now: new Date(), sink, onProgress: bar.show })
    await sink.finish()
    return outcome
  } catch (error) {
    await sink.abandon()
    throw error
  } finally {
    bar.close()
  }
}

function readRequest(argv: string[]): { slug: string, out: string } {
  let values
  try {
    values = parseArgs({ args: argv, options: { site: { type: 'string' }, out: { type: 'string' } } }).values
  } catch {
    throw new Refusal(`看不懂这些参数：${argv.join(' ')}\n${USAGE}`)
  }
  const { site: slug } = values
  if (!slug || !SITE.test(slug)) throw new Refusal(`请用 --site 指出站点。\n${USAGE}`)
  const name = values.out ?? `${slug}-${new Date().toISOString().slice(0, 10)}.zip`
  const out = resolve(givenEnvironment().INIT_CWD ?? process.cwd(), name)
  if (existsSync(out)) throw new Refusal(`${out} 已经存在，不会覆盖它。请用 --out 换一个名字。`)
  if (!statSync(dirname(out), { throwIfNoEntry: false })?.isDirectory()) throw new Refusal(`目录 ${dirname(out)} 不存在。请先建立它，或用 --out 换一个位置。`)
  return { slug, out }
}
