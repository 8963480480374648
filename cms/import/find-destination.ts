import type { Payload } from 'payload'
import { DOCUMENT_KINDS } from '@cluster/shared/publishing/kinds'
import type { Destination } from './convert-line.ts'

/** The site and column of these names, or a sentence that says which of them cannot be. */
export async function findDestination(
  payload: Payload,
  names: { site: string; column: string },
): Promise<{ destination: Destination; fault?: never } | { destination?: never; fault: string }> {
  const {
    docs: [site],
  } = await payload.find({
    collection: 'sites',
    where: { slug: { equals: names.site } },
    limit: 1,
    depth: 0,
    overrideAccess: true,
  })
  if (!site) {
    const { totalDocs } = await payload.count({ collection: 'sites' })
    return {
      fault:
        totalDocs === 0
          ? '库里还没有站点。请先用 npm start 启动一次（演示集群），或用 npm run setup 初始化，然后再导入。'
          : `没有标识为“${names.site}”的站点。省级站点是 jiangsu，地方站点形如 suzhou-kunshan。`,
    }
  }
  const { docs: columns } = await payload.find({
    collection: 'columns',
    where: { site: { equals: site.id } },
    sort: 'order',
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  const column = columns.find(({ key }) => key === names.column)
  const fitting = columns
    .filter(({ kind }) => kind === 'policy')
    .map(({ key, name }) => `${key}（${name}）`)
    .join('、')
  if (!column) return { fault: `${site.name}没有标识为“${names.column}”的栏目。可导入的栏目：${fitting}。` }
  if (column.kind !== 'policy') {
    return {
      fault: `栏目“${column.name}”放的是${DOCUMENT_KINDS[column.kind]}，导入的是政策文件。可导入的栏目：${fitting}。`,
    }
  }
  return { destination: { site, column } }
}
