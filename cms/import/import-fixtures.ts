import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createLocalReq, type Payload } from 'payload'
import type { Duty } from '@cluster/shared/governance/duties'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import type { User } from '../payload-types.ts'
import { openSites } from '../seed/open-sites.ts'
import type { Destination } from './convert-line.ts'
import { findDestination } from './find-destination.ts'

/** A made-up statute as a line of an import file has it. */
export const statute = (id: string, changes: Record<string, unknown> = {}) => ({
  id,
  title: `示例${id}条例`,
  docNumber: null,
  date: '2020-05-14',
  effectiveDate: '2020-07-01',
  issuer: '示例市人民代表大会常务委员会',
  category: '地方法规',
  region: '上海',
  history: ['2020年5月14日 第二十一次会议通过'],
  path: `示例/${id}.md`,
  body: `## 第一章  总则\n\n第一条 为了示例${id}，根据有关规定，制定本条例。\n\n第二条 本条例适用于**示例**。\n\n| 序号 | 事项 |\n|---|---|\n| 1 | 登记 |`,
  ...changes,
})

/**
 * Writes an import file; text goes in as it is, bytes too, everything else as JSON. `.gz` in the name compresses it.
 */
export function writeImportFile(
  folder: string,
  name: string,
  lines: ReadonlyArray<string | Uint8Array | object>,
): string {
  mkdirSync(folder, { recursive: true })
  const bytes = Buffer.concat(
    lines.map((line) =>
      Buffer.concat([
        typeof line === 'string'
          ? Buffer.from(line)
          : line instanceof Uint8Array
            ? line
            : Buffer.from(JSON.stringify(line)),
        Buffer.from('\n'),
      ]),
    ),
  )
  const path = join(folder, name)
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes)
  return path
}

export type Office = {
  destination: Destination
  people: Record<'editor' | 'first-reviewer' | 'second-reviewer' | 'final-reviewer', User>
}

/** The province's site with its columns, and one person for each duty of the chain. */
export async function openOffice(payload: Payload): Promise<Office> {
  const ids = await openSites(
    payload,
    JIANGSU_SITES.filter(({ level }) => level === 'province'),
  )
  const { destination } = await findDestination(payload, { site: 'jiangsu', column: 'policies' })
  const person = async (duty: Duty, name: string): Promise<User> => {
    const user = await payload.create({
      collection: 'users',
      req: await createLocalReq({}, payload),
      overrideAccess: true,
      depth: 0,
      data: {
        email: `${duty}@office.example`,
        password: 'kV7-tqm2-Rz9w-Hx4',
        name,
        unit: '政策法规处',
        site: ids.get('jiangsu')!,
        mustChangePassword: false,
        grants: [{ duty, site: ids.get('jiangsu')!, includeSubtree: false }],
      },
    })
    return { ...user, collection: 'users' as const }
  }
  return {
    destination: destination!,
    people: {
      editor: await person('editor', '林知远'),
      'first-reviewer': await person('first-reviewer', '周明澈'),
      'second-reviewer': await person('second-reviewer', '沈若谷'),
      'final-reviewer': await person('final-reviewer', '顾承平'),
    },
  }
}
