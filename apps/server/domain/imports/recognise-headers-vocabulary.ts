import type { ImportColumn, ImportSource } from '@rollcall/contract/import-columns';

/** What a header means: a column of ours; `ignored` is known and not imported; `blocked` is status, turned round. */
export type Meaning = ImportColumn | 'ignored' | 'blocked';

/** Letters and digits in lower case; umlauts written out, so that "Führungskraft" and "Fuehrungskraft" are one. */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

type Vocabulary = Map<string, Meaning>;

function vocabulary(words: Partial<Record<Meaning, string>>): Vocabulary {
  const entries = Object.entries(words) as [Meaning, string][];
  return new Map(
    entries.flatMap(([meaning, list]) => list.split(',').map((word) => [headerKey(word), meaning] as const)),
  );
}

/**
 * The headers that each system writes, as observed in exports and templates: Okta's people template and Universal
 * Directory profile; Entra's "Download users" (both generations), its bulk-create template and the Microsoft 365
 * admin center's export; Google's user download; CloudTalk's sheet and API fields. Private numbers are left out.
 */
export const VENDOR_HEADERS: Record<Exclude<ImportSource, 'rollcall'>, Vocabulary> = {
  okta: vocabulary({
    signInName: 'login,userName',
    firstName: 'firstName',
    lastName: 'lastName',
    displayName: 'displayName',
    email: 'email',
    phoneNumbers: 'mobilePhone,primaryPhone',
    title: 'title',
    department: 'department',
    manager: 'manager',
    costCenter: 'costCenter',
    locale: 'locale',
    timeZone: 'timezone',
    externalId: 'employeeNumber',
    status: 'status',
    ignored:
      'middleName,honorificPrefix,honorificSuffix,nickName,profileUrl,secondEmail,streetAddress,city,state,zipCode,countryCode,postalAddress,preferredLanguage,userType,organization,division,managerId,password,id,created,activated,lastLogin,lastUpdated,passwordChanged',
  }),
  entra: vocabulary({
    signInName: 'userPrincipalName,User name [userPrincipalName] Required',
    displayName: 'displayName,Name [displayName] Required',
    lastName: 'surname,Last name [surname],Last name',
    firstName: 'givenName,First name [givenName],First name',
    email: 'mail',
    externalId: 'objectId,id',
    title: 'jobTitle,Job title [jobTitle],Title',
    department: 'department,Department [department]',
    status: 'accountEnabled',
    blocked: 'Block sign in (Yes/No) [accountEnabled] Required,Block credential',
    site: 'physicalDeliveryOfficeName,officeLocation,Office [physicalDeliveryOfficeName],Office',
    phoneNumbers:
      'telephoneNumber,mobilePhone,mobile,businessPhones,Office phone [telephoneNumber],Mobile phone [mobile],Phone number',
    locale: 'preferredLanguage',
    startDate: 'employeeHireDate',
    lastDay: 'employeeLeaveDateTime',
    manager: 'manager',
    ignored:
      'Initial password [passwordProfile] Required,userType,usageLocation,Usage location [usageLocation],streetAddress,Street address [streetAddress],state,State or province [state],country,Country or region [country],Country/Region,State,City,city,City [city],postalCode,ZIP or postal code [postalCode],alternateEmailAddress,authenticationPhoneNumber,authenticationAlternativePhoneNumber,authenticationEmail,ageGroup,consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,directorySynced,onPremisesSyncEnabled,invitationState,identityIssuer,createdDateTime,employeeId,employeeType,otherMails,proxyAddresses,Licenses,Fax,When Created,Last dirsync time,Last password change time stamp,Password never expires,Strong password required,Soft deletion time stamp,DirSyncEnabled,Street address,Postal code',
  }),
  google: vocabulary({
    firstName: 'First Name',
    lastName: 'Last Name',
    email: 'Email Address',
    status: 'Status',
    phoneNumbers: 'Work Phone,Mobile Phone',
    externalId: 'Employee ID',
    title: 'Employee Title',
    manager: 'Manager Email',
    department: 'Department',
    costCenter: 'Cost Center',
    site: 'Building ID',
    ignored:
      'Password,Password Hash Function,Org Unit Path,New Primary Email,Last Sign In,Recovery Email,Home Secondary Email,Work Secondary Email,Recovery Phone,Home Phone,Work Address,Home Address,Employee Type,2sv Enrolled,2sv Enforced,Floor Name,Floor Section,Email Usage,Drive Usage,Photos Usage,Storage Used,Storage limit,Total Storage,Change Password at Next Sign-In,New Status,New Licenses,Licenses,Advanced Protection Program enrollment',
  }),
  cloudtalk: vocabulary({
    firstName: 'firstname',
    lastName: 'lastname',
    email: 'email',
    countryPrefix: 'country prefix',
    phoneNumbers: 'phone,phone number,number,associated_numbers',
    extension: 'extension',
    defaultOutboundNumber: 'default_number,default outbound number',
    role: 'role',
    groups: 'group,groups',
    externalId: 'id',
    displayName: 'name',
    ignored:
      'pass,password,daily_price_limit,is_daily_limit_ok,status_outbound,availability_status,call_number_id',
  }),
};

/** What people write into the first row by hand, in English and German. */
export const GENERAL_HEADERS: Vocabulary = vocabulary({
  firstName: 'first name,given name,forename,first,Vorname,Rufname',
  lastName: 'last name,surname,family name,last,Nachname,Familienname,Zuname',
  displayName:
    'display name,name,full name,employee,agent,agent name,Anzeigename,vollständiger Name,Mitarbeiter',
  email:
    'email,e-mail address,mail,mail address,primary email,work email,business email,E-Mail-Adresse,Mailadresse,E-Mail geschäftlich,geschäftliche E-Mail',
  signInName:
    'sign-in name,user name,login,login name,user principal name,UPN,Benutzername,Anmeldename,Login-Name',
  role: 'role,roles,user role,Rolle,Benutzerrolle,Berechtigung',
  groups:
    'group,groups,team,teams,queue,queues,ring group,ring groups,Gruppe,Gruppen,Warteschlange,Warteschlangen',
  extension: 'extension,ext,extension number,internal number,Durchwahl,Nebenstelle',
  phoneNumbers:
    'phone,phones,phone number,phone numbers,telephone,telephone number,mobile,mobile phone,mobile number,cell,cell phone,work phone,business phone,direct dial,Telefon,Telefonnummer,Rufnummer,Rufnummern,Mobil,Mobiltelefon,Mobilnummer,Handy,Handynummer,Diensttelefon,Diensthandy,Telefon geschäftlich',
  countryPrefix:
    'country prefix,country calling code,calling code,dialling code,dialing code,phone prefix,Landesvorwahl,Ländervorwahl,Ländervorwahlnummer',
  defaultOutboundNumber:
    'default outbound number,default number,outbound number,caller id,default caller id,Standardrufnummer,ausgehende Rufnummer,Absendernummer',
  department: 'department,dept,Abteilung,Bereich',
  title: 'title,job title,position,Position,Stellenbezeichnung,Berufsbezeichnung,Funktion,Stelle',
  manager:
    'manager,manager email,line manager,supervisor,reports to,Vorgesetzter,Vorgesetzte,Vorgesetzte/r,Führungskraft,Teamleiter,Teamleitung',
  site: 'site,office,location,branch,Standort,Niederlassung,Büro,Filiale',
  costCenter: 'cost center,cost centre,Kostenstelle',
  locale: 'locale,language,preferred language,Sprache',
  timeZone: 'time zone,tz,Zeitzone',
  startDate:
    'start date,starts on,hire date,joining date,first day,Eintritt,Eintrittsdatum,Startdatum,Beginn,erster Tag,erster Arbeitstag',
  lastDay:
    'last day,end date,leaving date,termination date,last working day,Austritt,Austrittsdatum,Enddatum,letzter Tag,letzter Arbeitstag,Vertragsende',
  status: 'status,active,enabled,account enabled,account status,Aktiv,Kontostatus,Status Konto',
  blocked: 'blocked,suspended,disabled,deactivated,gesperrt,deaktiviert',
  externalId:
    'external id,employee id,employee number,personnel number,staff id,Personalnummer,Mitarbeiternummer,Personal-Nr,Pers.-Nr.',
  ignored: 'password,Passwort,Kennwort,Rollcall: what to correct',
});
