import { type Issue, refusal } from '../../issue.ts'
import type { DocumentKind } from '../../publishing/kinds.ts'

export type ColumnFact = { key: string; name: string; kind: DocumentKind; isMandated: boolean }
/** What becomes of a local column: into one of the other site's columns, or the same column is made there. */
export type ColumnChoice = { key: string; into: string | 'new' }

/** The local columns of a site for which the other has none of the same key and kind: somebody has to say where their texts go. */
export function columnsToMap(from: readonly ColumnFact[], into: readonly ColumnFact[]): ColumnFact[] {
  return from.filter((column) => !column.isMandated && !into.some(({ key, kind }) => key === column.key && kind === column.kind))
}

/** Columns of the other site that hold what the column holds. */
export const fittingColumns = (column: ColumnFact, into: readonly ColumnFact[]): ColumnFact[] => into.filter(({ kind }) => kind === column.kind)

/**
 * Where the texts of every column go, by key, and which columns are made for it.
 * @returns issues where a choice is missing or does not fit; nothing may be done then
 */
export function mapColumns(
  from: readonly ColumnFact[], into: readonly ColumnFact[], choices: readonly ColumnChoice[],
): { issues: Issue[]; keys: Record<string, string>; made: ColumnFact[] } {
  const issues: Issue[] = []
  const made: ColumnFact[] = []
  const keys: Record<string, string> = {}
  const open = new Set(columnsToMap(from, into).map(({ key }) => key))
  for (const column of from) {
    const choice = choices.find(({ key }) => key === column.key)
    if (!open.has(column.key)) keys[column.key] = column.key
    else if (!choice) issues.push(refusal('column-unmapped', `请选择“${column.name}”的稿件归入哪个栏目。`, `columns.${column.key}`))
    else if (choice.into === 'new') {
      if (into.some(({ key }) => key === column.key)) issues.push(refusal('column-key-taken', `接收站点已有网址标识为“${column.key}”的栏目，内容类型不同，不能照样新建。请选一个现有栏目。`, `columns.${column.key}`))
      made.push({ ...column })
      keys[column.key] = column.key
    } else if (fittingColumns(column, into).some(({ key }) => key === choice.into)) keys[column.key] = choice.into
    else issues.push(refusal('column-unfit', `“${column.name}”的稿件不能归入所选栏目：内容类型不同。请另选一个。`, `columns.${column.key}`))
  }
  return { issues, keys, made: issues.length > 0 ? [] : made }
}
