'use client'

import { useField } from '@payloadcms/ui'
import type { JSONFieldClientProps } from 'payload'
import type { Issue } from '@cluster/shared/issue'

type Report = {
  findings?: Array<{ code: string; message: string; documents: number }>
  refused?: Array<{ line: number; id?: string; reasons: Issue[] }>
  differing?: Array<{ line: number; id: string; reason: string }>
  reportFile?: string | null
}

/** What the import says of its file: what lacks in how many documents, and which lines did not come in, why. */
export function ImportReportField({ path }: JSONFieldClientProps) {
  const { value } = useField<Report | null>({ path })
  const { findings = [], refused = [], differing = [], reportFile } = value ?? {}
  const lines = [
    ...refused.map(({ line, id, reasons }) => ({ line, id, words: reasons.map(({ message }) => message).join(' ') })),
    ...differing.map(({ line, id, reason }) => ({ line, id, words: reason })),
  ]
  return (
    <div className="field-type cluster-report">
      <p className="field-label">导入报告</p>
      {findings.length > 0 ? (
        <table className="cluster-table">
          <caption>缺少的元数据</caption>
          <thead><tr><th scope="col">缺什么</th><th scope="col">文件数</th></tr></thead>
          <tbody>{findings.map(({ code, message, documents }) => <tr key={code}><td>{message}</td><td>{documents}</td></tr>)}</tbody>
        </table>
      ) : <p className="cluster-hint">没有缺少元数据的文件。</p>}
      {lines.length > 0 ? (
        <table className="cluster-table">
          <caption>没有导入的行{reportFile ? `（前 ${lines.length} 行，完整报告：${reportFile}）` : ''}</caption>
          <thead><tr><th scope="col">行号</th><th scope="col">编号</th><th scope="col">原因</th></tr></thead>
          <tbody>{lines.map(({ line, id, words }) => <tr key={line}><td>{line}</td><td>{id ?? '—'}</td><td>{words}</td></tr>)}</tbody>
        </table>
      ) : <p className="cluster-hint">每一行都已导入。</p>}
    </div>
  )
}
