import { type Inhoudsregel, inhoudsregel } from './inhoudsregel.ts'

/** Rules on addresses and contact of client and relations in the 301. */

const NEDERLANDSE_POSTCODE = /^[1-9][0-9]{3}[a-zA-Z]{2}$/
const berichten = [301] as const

export const ADRESREGELS: readonly Inhoudsregel[] = [
  inhoudsregel({
    code: 'CD005',
    titel: 'Postcode en land horen bij elkaar',
    watTeDoen: 'Vul bij een postcode het land in, en laat het land weg als er geen postcode is.',
    berichten,
    delen: {
      CDT_Adres: ({ postcode, landCode }) =>
        (postcode === undefined) === (landCode === undefined) ? undefined : 'LandCode',
    },
  }),
  inhoudsregel({
    code: 'CD007',
    titel: 'De taal hoort alleen bij een tolk',
    watTeDoen: 'Vul de taal in bij communicatievorm 1 (tolk taal) en laat die anders weg.',
    berichten,
    delen: {
      CDT_Communicatie: ({ vorm, taal }) => ((vorm === '1') === (taal !== undefined) ? undefined : 'Taal'),
    },
  }),
  inhoudsregel({
    code: 'CD009',
    titel: 'Een periode hoort alleen bij een tijdelijk adres',
    watTeDoen: 'Laat de periode weg of kies adressoort 04.',
    berichten,
    delen: {
      Contact: ({ soort, periode }) => (periode !== undefined && soort !== '04' ? 'Periode' : undefined),
    },
  }),
  inhoudsregel({
    code: 'CD025',
    titel: 'Bij een adres in Nederland ontbreekt het huisnummer',
    watTeDoen: 'Vul het huisnummer in.',
    berichten,
    delen: {
      CDT_Adres: ({ landCode, huis }) => (landCode === 'NL' && huis === undefined ? 'Huis' : undefined),
    },
  }),
  inhoudsregel({
    code: 'CD034',
    titel: 'Bij een BRP-adres of verblijfadres ontbreekt de postcode',
    watTeDoen: 'Vul de postcode in.',
    berichten,
    delen: {
      Contact: ({ soort, adres }) =>
        (soort === '01' || soort === '03') && adres?.postcode === undefined ? 'Adres/Postcode' : undefined,
    },
  }),
  inhoudsregel({
    code: 'CS089',
    titel: 'De postcode is geen Nederlandse postcode',
    watTeDoen: 'Vul vier cijfers en twee letters in zonder spatie, of kies het juiste land.',
    berichten,
    delen: {
      CDT_Adres: ({ landCode, postcode }) =>
        landCode === 'NL' && postcode !== undefined && !NEDERLANDSE_POSTCODE.test(postcode)
          ? 'Postcode'
          : undefined,
    },
  }),
  inhoudsregel({
    code: 'TR006',
    titel: 'Een contact heeft geen telefoon en geen volledig adres',
    watTeDoen: 'Vul een telefoonnummer in, of huisnummer en postcode.',
    berichten,
    delen: {
      Contact: ({ telefoon, adres }) =>
        telefoon === undefined && (adres?.huis === undefined || adres.postcode === undefined)
          ? ''
          : undefined,
    },
  }),
  inhoudsregel({
    code: 'TR061',
    titel: 'De cliënt heeft geen BRP-, correspondentie- of verblijfadres',
    watTeDoen: 'Neem minstens één contact op van adressoort 01, 02 of 03.',
    berichten,
    delen: {
      Client301: ({ contactgegevens }) =>
        contactgegevens.some(({ soort }) => ['01', '02', '03'].includes(soort)) ? undefined : '',
    },
  }),
]
