'use client'

import { useEffect, useRef, useState } from 'react'
import type { Choices } from '@cluster/shared/governance/templates/choices'
import { RefusalList } from '../review/action-dialog.tsx'
import type { Refusal } from '../review/requests.ts'
import { makeLivePreview } from './requests.ts'

/** After the last change: soon enough to follow the hand, late enough not to draw every letter typed. */
const PATIENCE_MS = 400
const WIDTHS = { phone: { label: '手机', width: 390 }, desk: { label: '电脑', width: 1280 } } as const
type Width = keyof typeof WIDTHS
const HEIGHT = 720

/** The site's real home page under the choices as they stand on this page: before anything is saved, and kept nowhere. */
export function LivePreview({ id, choices }: { id: number; choices: Choices }) {
  const [width, setWidth] = useState<Width>('desk')
  const [shown, setShown] = useState<string | null>(null)
  const [coming, setComing] = useState<string | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isAsking, setIsAsking] = useState(true)
  const [room, box] = useRoom()
  const wanted = JSON.stringify(choices)
  useEffect(() => {
    let isLatest = true
    setIsAsking(true)
    const timer = setTimeout(() => void makeLivePreview(id, JSON.parse(wanted) as Choices).then((answer) => {
      if (!isLatest) return
      setRefusals(answer.ok ? [] : answer.refusals)
      setIsAsking(false)
      if (answer.ok) setComing(answer.value.url)
    }), PATIENCE_MS)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [id, wanted])
  const scale = Math.min(1, room / WIDTHS[width].width)
  const look = { width: WIDTHS[width].width, height: HEIGHT / scale, transform: `scale(${scale})` }
  const frame = (url: string, isOld: boolean) => (
    <iframe
      key={url} src={url} title={isOld ? '首页预览' : '首页预览（正在更新）'} style={look} className={isOld ? '' : 'cluster-preview__coming'} aria-hidden={isOld ? undefined : true}
      sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox" tabIndex={isOld ? 0 : -1}
      onLoad={() => { if (!isOld) { setShown(url); setComing(null) } }}
    />
  )
  return (
    <section className="cluster-preview" aria-labelledby="cluster-preview">
      <div className="cluster-preview__bar">
        <h3 id="cluster-preview">即时预览</h3>
        <div role="group" aria-label="预览宽度" className="cluster-preview__widths">
          {(Object.keys(WIDTHS) as Width[]).map((each) => (
            <button key={each} type="button" className="cluster-button" aria-pressed={width === each} onClick={() => setWidth(each)}>{WIDTHS[each].label}</button>
          ))}
        </div>
        {shown ? <a href={shown} target="_blank" rel="noopener">在新窗口打开</a> : null}
      </div>
      <p className="cluster-hint" role="status">{isAsking || coming ? '正在更新预览…' : refusals.length > 0 ? '预览停在上一次的样子。' : '预览是现在的样子；还没有保存，公众看不到。'}</p>
      <RefusalList refusals={refusals} />
      <div ref={box} className="cluster-preview__room" style={{ height: HEIGHT }}>
        {shown ? frame(shown, true) : null}
        {coming && coming !== shown ? frame(coming, false) : null}
      </div>
    </section>
  )
}

/** How many pixels wide the preview may be drawn. */
function useRoom() {
  const box = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(640)
  useEffect(() => {
    if (!box.current) return
    const watch = new ResizeObserver(([entry]) => { if (entry && entry.contentRect.width > 0) setRoom(entry.contentRect.width) })
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  return [room, box] as const
}
