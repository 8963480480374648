import { PLACEMENT_MODES } from '@cluster/shared/publishing/content-pool/placement'
import { listPlaced } from '../../domains/publishing/content-pool/list-placed.ts'
import { DeedButton } from '../account/deed-button.tsx'
import { LockSign } from '../lock-sign.tsx'
import type { Tab } from './content-pool-view.tsx'
import { Empty, nameOf, PoolTable, PublicTitle, When } from './parts.tsx'

/** What others wrote and the person's sites show. */
export async function PlacedTab({ req, sites }: Tab) {
  const items = await listPlaced(req)
  if (items.length === 0) return <Empty title="还没有外来内容" advice="上级必登的内容和本站点采用的内容会出现在这里。" />
  return (
    <PoolTable caption="本站点显示的其他单位的内容" heads={['内容', '显示在', '方式', '时间', '办理']}>
      {items.map(({ collection, id, title, origin, site, columnKey, mode, isLocked, mayDrop, placedAt }) => (
        <tr key={`${collection}-${id}-${site}`}>
          <td><span className="cluster-reason">来自{nameOf(sites, origin)}</span><PublicTitle sites={sites} site={site} collection={collection} id={id} title={title} /></td>
          <td>{nameOf(sites, site)} · {sites.get(site)?.columns.find(({ key }) => key === columnKey)?.name ?? columnKey}</td>
          <td>{PLACEMENT_MODES[mode]}</td>
          <td><When at={placedAt} /></td>
          <td>{isLocked ? <span className="cluster-held"><LockSign /> 由{nameOf(sites, origin)}的终审收回</span>
            : mayDrop ? <DeedButton path="/api/content-pool/adoptions/drop" body={{ site, collection, id }} label="撤下" question="从本站点撤下，原单位的原文不受影响，以后可以再采用。" /> : '—'}</td>
        </tr>))}
    </PoolTable>
  )
}
