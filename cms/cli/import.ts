import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Payload } from 'payload'
import { givenEnvironment } from '../env.ts'
import type { Destination } from '../import/convert-line.ts'
import type { ImportResult } from '../import/import-run.ts'
import { readMode } from './cluster-mode.ts'
import { dataFolders, reasonOf } from './folders.ts'
import { openBar } from './progress-bar.ts'
import { say } from './progress.ts'
import { Refusal } from './refusal.ts'
import { releaseImported } from './release-imported.ts'
import { readSettings } from './settings.ts'
import { withServices } from './with-services.ts'

const USAGE =
  '用法：npm run import -- 文件 --site 站点标识 --column 栏目标识 [--release] [--report 报告文件]\n' +
  '例如：npm run import -- policies.jsonl.gz --site jiangsu --column policies'

export type ImportRequest = { path: string; site: string; column: string; isReleased: boolean; report: string }

/**
 * `npm run import`: documents of an old system into a batch that waits in the inbox. Answers the exit code: 1 when the
 * file held lines and none of them could be taken. Throws `Refusal`.
 */
export async function run(argv: string[]): Promise<number> {
  const request = readRequest(argv)
  if (request.isReleased && readMode(dataFolders(readSettings().DATA_DIR)) === 'production') {
    throw new Refusal(
      '--release 只用于演示集群：它让演示审核人当场签批。正式集群请在管理后台提交这个批次，由三位审核人签批。',
    )
  }
  return withServices({ database: true, search: false }, async ({ isClusterUp }) => {
    const [{ getPayload }, { default: config }, { leaveDatabase }] = await Promise.all([
      import('payload'),
      import('../payload.config.ts'),
      import('./leave-database.ts'),
    ])
    const payload = await getPayload({ config, disableOnInit: true })
    try {
      const { findDestination } = await import('../import/find-destination.ts')
      const { destination, fault } = await findDestination(payload, request)
      if (!destination) throw new Refusal(fault)
      const result = await importWithBar(payload, request, destination)
      if (request.isReleased) await releaseImported(payload, { destination, fileHash: result.fileHash, isClusterUp })
      return result.lines > 0 && result.refused.length === result.lines ? 1 : 0
    } finally {
      await leaveDatabase(payload)
    }
  })
}

function readRequest(argv: string[]): ImportRequest {
  const parsed = parse(argv)
  const [file, ...more] = parsed.positionals
  const { site, column, release, report } = parsed.values
  if (!file || more.length > 0 || !site || !column) throw new Refusal(`请给出一个文件、站点和栏目。\n${USAGE}`)
  // npm changes into the project's root; the path was meant from where the command was typed.
  const from = givenEnvironment().INIT_CWD ?? process.cwd()
  const path = resolve(from, file)
  try {
    if (!statSync(path).isFile()) throw new Refusal(`${path} 不是文件。\n${USAGE}`)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(`读不到文件 ${path}（${reasonOf(error)}）。请检查路径和权限。`)
  }
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')
  const folder = join(dataFolders(readSettings().DATA_DIR).root, 'reports')
  return {
    path,
    site,
    column,
    isReleased: release ?? false,
    report: report ? resolve(from, report) : join(folder, `import-${stamp}.json`),
  }
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        site: { type: 'string' },
        column: { type: 'string' },
        release: { type: 'boolean' },
        report: { type: 'string' },
      },
    })
  } catch {
    throw new Refusal(`看不懂这些参数：${argv.join(' ')}\n${USAGE}`)
  }
}

async function importWithBar(
  payload: Payload,
  request: ImportRequest,
  destination: Destination,
): Promise<ImportResult> {
  const [{ importFile }, { withImportLock }, { DamagedFile }, { writeReport }] = await Promise.all([
    import('../import/import-file.ts'),
    import('../import/import-lock.ts'),
    import('../import/read-lines.ts'),
    import('../import/write-report.ts'),
  ])
  const startedAt = new Date()
  const start = performance.now()
  const bar = openBar('导入', '份')
  try {
    const result = await withImportLock(payload, destination.site.id, () =>
      importFile(payload, {
        path: request.path,
        destination,
        now: () => new Date(),
        reportFile: request.report,
        onProgress: ({ lines, total }) => bar.show(lines, total),
      }),
    )
    bar.close()
    if (!result) throw new Refusal(`另一个导入正在写入站点 ${request.site}，请等它完成后再运行。`)
    const seconds = (performance.now() - start) / 1000
    const documentsPerSecond = Math.round(result.imported / seconds)
    writeReport(
      request.report,
      {
        file: request.path,
        site: request.site,
        column: request.column,
        startedAt: startedAt.toISOString(),
        finishedAt: new Date().toISOString(),
        documentsPerSecond,
      },
      result,
    )
    say(summary(result, { seconds, documentsPerSecond, report: request.report }))
    return result
  } catch (error) {
    bar.close()
    if (error instanceof DamagedFile) {
      throw new Refusal(
        `文件 ${request.path} 在第 ${error.line} 行之后损坏，读不下去（${reasonOf(error.cause)}），没有导入任何内容。请重新取得这个文件。`)
    }
    throw error
  }
}

function summary(
  result: ImportResult,
  { seconds, documentsPerSecond, report }: { seconds: number; documentsPerSecond: number; report: string },
): string {
  const { batch, imported, unchanged, refused, differing, findings } = result
  const speed = imported > 0 ? `，用时 ${seconds.toFixed(1)} 秒，每秒 ${documentsPerSecond} 份` : ''
  const lines = [`导入了 ${imported} 份，${unchanged} 份已存在且相同、没有改动，${refused.length} 行被拒绝${speed}。`]
  if (imported === 0 && refused.length === 0 && differing.length === 0)
    lines.push('这个文件里没有新内容，库里什么都没有改变。')
  if (differing.length > 0) lines.push(`${differing.length} 份已存在且内容不同，未覆盖；要修改请在管理后台“更正”。`)
  for (const { message, documents } of findings) lines.push(`  待补元数据：${documents} 份 —— ${message}`)
  for (const { line, reasons } of refused.slice(0, 5))
    lines.push(`  第 ${line} 行：${reasons.map(({ message }) => message).join(' ')}`)
  if (refused.length > 5) lines.push(`  其余 ${refused.length - 5} 行见报告。`)
  if (batch) lines.push(`批次“${batch.title}”已在待办中，提交后由三位审核人签批。`)
  lines.push(`报告：${report}`)
  return lines.join('\n')
}
