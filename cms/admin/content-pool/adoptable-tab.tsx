import { DOCUMENT_KINDS } from '@cluster/shared/publishing/kinds'
import { adoptableSchema, listAdoptable } from '../../domains/publishing/content-pool/list-adoptable.ts'
import { DeedButton } from '../account/deed-button.tsx'
import type { Tab } from './content-pool-view.tsx'
import { Empty, nameOf, PoolTable, PublicTitle, When } from './parts.tsx'

/** What siblings and superiors have published last; an ordinary form, so that a search has an address. */
export async function AdoptableTab({ req, sites, edited, asked }: Tab) {
  const first = edited[0]
  if (!first) return <Empty title="采用内容由编辑办理" advice="您的账号没有“编辑”职责。需要时请联系安全管理员。" />
  const site = edited.find(({ slug }) => slug === asked.site) ?? first
  const parsed = adoptableSchema.safeParse({ site: site.slug, q: asked.q, page: asked.page })
  const query = parsed.success ? parsed.data : { site: site.slug, q: '', page: 1 }
  const { entries, page, hasMore } = await listAdoptable(req, query)
  const pageHref = (number: number) => `/admin/content-pool?${new URLSearchParams({ tab: 'adoptable', site: site.slug, q: query.q, page: String(number) })}`
  return (
    <>
      <form className="cluster-row" method="get" action="/admin/content-pool" role="search">
        <input type="hidden" name="tab" value="adoptable" />
        {edited.length > 1 ? (
          <label>采用到 <select className="cluster-input" name="site" defaultValue={site.slug}>
            {edited.map(({ slug, name }) => <option key={slug} value={slug}>{name}</option>)}
          </select></label>) : null}
        <label>标题中的词 <input className="cluster-input" name="q" defaultValue={query.q} maxLength={100} /></label>
        <button className="cluster-button" type="submit">查找</button>
      </form>
      {parsed.success ? null : <p className="cluster-bad">查找条件不正确，下面是最新的内容。</p>}
      {entries.length === 0 ? <Empty title="没有找到可以采用的内容" advice={query.q === '' ? '上级和同级单位还没有发布内容。' : '请换一个词，或清空后查看最新的内容。'} /> : (
        <PoolTable caption="可采用的内容，最新的在前" heads={['内容', '发布单位', '发布时间', '办理']}>
          {entries.map(({ collection, id, title, kind, site: from, publishedAt, isThere }) => (
            <tr key={`${collection}-${id}`}>
              <td><span className="cluster-reason">{DOCUMENT_KINDS[kind]}</span><PublicTitle sites={sites} site={from} collection={collection} id={id} title={title} /></td>
              <td>{nameOf(sites, from)}</td>
              <td><When at={publishedAt} /></td>
              <td>{isThere ? '已在本站点显示' : (
                <DeedButton path="/api/content-pool/adoptions" body={{ site: site.slug, collection, id }} label="采用" question={`采用后马上显示在${site.name}，来源注明${nameOf(sites, from)}。`} />)}</td>
            </tr>))}
        </PoolTable>)}
      <p className="cluster-row">
        {page > 1 ? <a href={pageHref(page - 1)}>上一页</a> : null}
        {page > 1 || hasMore ? <span>第 {page} 页</span> : null}
        {hasMore ? <a href={pageHref(page + 1)}>下一页</a> : null}
      </p>
    </>
  )
}
