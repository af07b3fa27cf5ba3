import { crc32 } from 'node:zlib'

/** An archive of these files, not compressed (APPNOTE 4.3). */
export function toZip(bestanden: Readonly<Record<string, string | Buffer>>): Buffer {
  const delen: Buffer[] = []
  const lijst: Buffer[] = []
  let plek = 0
  for (const [naam, tekst] of Object.entries(bestanden)) {
    const inhoud = Buffer.from(tekst)
    const titel = Buffer.from(naam)
    const kern = Buffer.alloc(26)
    kern.writeUInt16LE(20, 0)
    kern.writeUInt32LE(crc32(inhoud), 10)
    kern.writeUInt32LE(inhoud.length, 14)
    kern.writeUInt32LE(inhoud.length, 18)
    kern.writeUInt16LE(titel.length, 22)
    delen.push(Buffer.from('PK\x03\x04', 'latin1'), kern, titel, inhoud)
    const staart = Buffer.alloc(14)
    staart.writeUInt32LE(plek, 10)
    lijst.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), kern, staart, titel)
    plek += 4 + kern.length + titel.length + inhoud.length
  }
  const tabel = Buffer.concat(lijst)
  const einde = Buffer.alloc(18)
  const aantal = Object.keys(bestanden).length
  einde.writeUInt16LE(aantal, 4)
  einde.writeUInt16LE(aantal, 6)
  einde.writeUInt32LE(tabel.length, 8)
  einde.writeUInt32LE(plek, 12)
  return Buffer.concat([...delen, tabel, Buffer.from('PK\x05\x06', 'latin1'), einde])
}
