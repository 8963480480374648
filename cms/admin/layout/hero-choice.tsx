'use client'

import { useEffect, useState } from 'react'
import { RefusalList } from '../review/action-dialog.tsx'
import type { Refusal } from '../review/requests.ts'
import { isLocked, LockNote, SleepNote } from './lock-note.tsx'
import type { PartProps } from './part-props.ts'
import { type OwnPicture, readPictures, uploadPicture } from './requests.ts'

/** The picture beside the search box: one of the site's own, or a new one with its words. */
export function HeroChoice({ manifest, choices, change, isReadOnly, siteId }: PartProps & { siteId: number }) {
  const [pictures, setPictures] = useState<OwnPicture[] | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const isFixed = isLocked(manifest, 'hero-picture')
  useEffect(() => {
    if (!isFixed) void readPictures(siteId).then((answer) => {
      if (answer.ok) setPictures(answer.value.docs)
      else setRefusals(answer.refusals)
    })
  }, [isFixed, siteId])
  const choose = (heroPicture: number | null) => change({ heroPicture })
  return (
    <section className="cluster-layout__part" aria-labelledby="cluster-hero">
      <h3 id="cluster-hero">首页主图</h3>
      {isFixed ? (
        <>
          {choices.heroPicture === null ? null : <SleepNote what="您选的主图" onDrop={isReadOnly ? null : () => choose(null)} />}
          <LockNote manifest={manifest} slot="hero-picture" />
        </>
      ) : (
        <>
          <RefusalList refusals={refusals} />
          <fieldset className="cluster-pictures" disabled={isReadOnly}>
            <legend className="cluster-visually-hidden">首页主图</legend>
            <label className="cluster-picture">
              <input type="radio" name="cluster-hero" checked={choices.heroPicture === null} onChange={() => choose(null)} />
              <span className="cluster-picture__none">不放图片</span>
            </label>
            {pictures?.map((picture) => (
              <label key={picture.id} className="cluster-picture">
                <input type="radio" name="cluster-hero" checked={choices.heroPicture === picture.id} onChange={() => choose(picture.id)} />
                <img src={picture.thumbnailURL ?? picture.url ?? ''} alt="" loading="lazy" />
                <span>{picture.alt}</span>
              </label>
            ))}
          </fieldset>
          {pictures === null && refusals.length === 0 ? <p className="cluster-hint">正在读取图片…</p> : null}
          {pictures?.length === 0 ? <p className="cluster-hint">本站点还没有图片。可以在下面上传一张横图。</p> : null}
          {isReadOnly ? null : <NewPicture siteId={siteId} onDone={(picture) => { setPictures([picture, ...(pictures ?? [])]); choose(picture.id) }} />}
        </>
      )}
    </section>
  )
}

function NewPicture({ siteId, onDone }: { siteId: number; onDone: (picture: OwnPicture) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [alt, setAlt] = useState('')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setIsBusy] = useState(false)
  const upload = async () => {
    const lacking: Refusal[] = [
      ...(file ? [] : [{ code: 'lacking', message: '请先选择一个图片文件。' }]),
      ...(alt.trim() ? [] : [{ code: 'lacking', message: '请写替代文字：用一句话说出图上是什么，给看不到图片的读者。' }])]
    setRefusals(lacking)
    if (!file || lacking.length > 0) return
    setIsBusy(true)
    const answer = await uploadPicture(siteId, file, alt.trim())
    setIsBusy(false)
    if (!answer.ok) return setRefusals(answer.refusals)
    setFile(null)
    setAlt('')
    onDone(answer.value.doc)
  }
  return (
    <details className="cluster-upload">
      <summary>上传新图片</summary>
      <RefusalList refusals={refusals} />
      <label>图片文件（横图，宽 1600 像素以上为好）<input type="file" accept="image/*" onChange={(event) => setFile(event.target.files?.[0] ?? null)} /></label>
      <label>替代文字<input type="text" value={alt} maxLength={200} aria-required="true" onChange={(event) => setAlt(event.target.value)} /></label>
      <button type="button" className="cluster-button" disabled={isBusy} onClick={() => void upload()}>{isBusy ? '正在上传…' : '上传并选用'}</button>
    </details>
  )
}
