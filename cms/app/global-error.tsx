'use client'

/** What a clerk sees when a page could not be made at all. The log knows why; the number helps to find it there. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="zh-CN">
      <head><title>页面暂时打不开</title></head>
      <body>
        <main style={{ fontFamily: 'system-ui, sans-serif', maxWidth: '36rem', margin: '15vh auto', padding: '0 1.5rem', lineHeight: 1.8 }}>
          <h1>页面暂时打不开</h1>
          <p>后台没能生成这个页面，您已保存的内容不受影响。请过几分钟刷新页面；如果一直这样，请联系技术人员。</p>
          {error.digest ? <p>编号：{error.digest}</p> : null}
          <p><a href="/admin">回到待办</a></p>
        </main>
      </body>
    </html>
  )
}
