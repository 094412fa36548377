// Starts the program with a synthetic council in a new folder, and stops and removes it afterwards.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const READY_WITHIN_SECONDS = 240

export async function startDemo(program) {
  const folder = await mkdtemp(join(tmpdir(), 'headway-journeys-'))
  const accountsFile = join(folder, 'accounts.json')
  const council = ['--data', join(folder, 'council'), '--listen', '127.0.0.1:0', '--seed', '1', '--children', '400']
  const child = spawn(program, ['demo', ...council, '--accounts-file', accountsFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
  const output = () => Buffer.concat(said).toString('utf8')
  const ended = new Promise((resolve) => {
    child.once('error', (problem) => resolve(`cannot be started: ${problem.message}`))
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`))
  })

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const soon = await Promise.race([exited.then(() => true), pause(5000, false, { ref: false })])
      if (!soon) {
        child.kill('SIGKILL')
        await exited
      }
    }
    await rm(folder, { recursive: true, force: true })
  }

  const waiting = new AbortController()
  try {
    const accounts = await Promise.race([
      readAccounts(accountsFile, waiting.signal),
      ended.then((how) => {
        throw new Error(`headway demo ${how}; it said:\n${output()}`)
      }),
    ])
    return { ...accounts, program, output, stop }
  } catch (problem) {
    await stop()
    throw problem
  } finally {
    waiting.abort()
  }
}

// The program writes the file when it answers. A file half written isn't JSON yet.
async function readAccounts(path, waiting) {
  const deadline = Date.now() + READY_WITHIN_SECONDS * 1000
  while (Date.now() < deadline && !waiting.aborted) {
    const text = await readFile(path, 'utf8').catch(() => '')
    try {
      const { address, accounts } = JSON.parse(text)
      if (address && Array.isArray(accounts)) return { address, accounts }
    } catch {
      // Not there, or not whole.
    }
    await pause(50)
  }
  throw new Error(`headway demo wasn't ready within ${READY_WITHIN_SECONDS} s`)
}
