import config from '../../payload.config.ts'
import '@payloadcms/next/css'
import { handleServerFunctions, RootLayout } from '@payloadcms/next/layouts'
import type { ServerFunctionClient } from 'payload'
import type { ReactNode } from 'react'
import { openServerFunction } from '../../admin/server-functions.ts'
import { importMap } from './admin/importMap.js'
import './admin.css'
import './content-pool.css'
import './layout.css'
import './rollouts.css'

const serverFunction: ServerFunctionClient = async (args) => {
  'use server'
  return handleServerFunctions({ ...openServerFunction(args), config, importMap })
}

const Layout = ({ children }: { children: ReactNode }) => (
  <RootLayout config={config} importMap={importMap} serverFunction={serverFunction}>
    {children}
  </RootLayout>
)

export default Layout
