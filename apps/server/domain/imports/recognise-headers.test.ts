import { IMPORT_COLUMNS, TEMPLATE_COLUMNS } from '@rollcall/contract/import-columns';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isTemplatePreamble, recogniseHeaders } from './recognise-headers.ts';

const OKTA =
  'login,firstName,lastName,middleName,honorificPrefix,honorificSuffix,email,title,displayName,nickName,profileUrl,secondEmail,mobilePhone,primaryPhone,streetAddress,city,state,zipCode,countryCode,postalAddress,preferredLanguage,locale,timezone,userType,employeeNumber,costCenter,organization,division,department,managerId,manager';
const ENTRA =
  'userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,streetAddress,state,country,officeLocation,city,postalCode,telephoneNumber,mobilePhone,alternateEmailAddress,ageGroup,consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,directorySynced,invitationState,identityIssuer,createdDateTime';
const ENTRA_BEFORE =
  'userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,accountEnabled,usageLocation,streetAddress,state,country,physicalDeliveryOfficeName,city,postalCode,telephoneNumber,mobile,authenticationPhoneNumber,authenticationAlternativePhoneNumber,authenticationEmail,alternateEmailAddress,ageGroup,consentProvidedForMinor,legalAgeGroupClassification';
const ENTRA_TEMPLATE =
  'Name [displayName] Required,User name [userPrincipalName] Required,Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,First name [givenName],Last name [surname],Job title [jobTitle],Department [department],Usage location [usageLocation],Street address [streetAddress],State or province [state],Country or region [country],Office [physicalDeliveryOfficeName],City [city],ZIP or postal code [postalCode],Office phone [telephoneNumber],Mobile phone [mobile]';
const GOOGLE =
  'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],Last Sign In [READ ONLY],Recovery Email,Home Secondary Email,Work Secondary Email,Recovery Phone [MUST BE IN THE E.164 FORMAT],Work Phone,Home Phone,Mobile Phone,Work Address,Home Address,Employee ID,Employee Type,Employee Title,Manager Email,Department,Cost Center,2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],Building ID,Floor Name,Floor Section,Email Usage [READ ONLY],Drive Usage [READ ONLY],Total Storage [READ ONLY],Change Password at Next Sign-In,New Status [UPLOAD ONLY],New Licenses [UPLOAD ONLY],Advanced Protection Program enrollment';

const mapped = (headers: string[], customFields: string[] = []) =>
  Object.fromEntries(
    recogniseHeaders(headers, customFields)
      .headers.filter((header) => header.outcome === 'mapped')
      .map((header) => [header.header, header.column]),
  );

describe('the files of known systems', () => {
  test.each([
    ['okta', OKTA],
    ['entra', ENTRA],
    ['entra', ENTRA_BEFORE],
    ['entra', ENTRA_TEMPLATE],
    ['google', GOOGLE],
    ['cloudtalk', 'firstname,lastname,email,country prefix,phone,extension'],
    ['rollcall', TEMPLATE_COLUMNS.join(',')],
    ['rollcall', IMPORT_COLUMNS.join(',')],
  ])('%s is recognised, with no header unknown, in conflict or missing', (source, headers) => {
    expect(recogniseHeaders(headers.split(','))).toMatchObject({
      source,
      unknown: [],
      conflicts: [],
      missing: [],
      headerLooksLikeData: false,
    });
  });

  it('Okta', () => {
    expect(mapped(OKTA.split(','))).toEqual({
      login: 'signInName',
      firstName: 'firstName',
      lastName: 'lastName',
      email: 'email',
      title: 'title',
      displayName: 'displayName',
      mobilePhone: 'phoneNumbers',
      primaryPhone: 'phoneNumbers',
      locale: 'locale',
      timezone: 'timeZone',
      employeeNumber: 'externalId',
      costCenter: 'costCenter',
      department: 'department',
      manager: 'manager',
    });
  });

  it('Entra ID', () => {
    expect(mapped(ENTRA.split(','))).toEqual({
      userPrincipalName: 'signInName',
      displayName: 'displayName',
      surname: 'lastName',
      mail: 'email',
      givenName: 'firstName',
      id: 'externalId',
      jobTitle: 'title',
      department: 'department',
      accountEnabled: 'status',
      officeLocation: 'site',
      telephoneNumber: 'phoneNumbers',
      mobilePhone: 'phoneNumbers',
    });
  });

  it('Google Workspace', () => {
    expect(mapped(GOOGLE.split(','))).toEqual({
      'First Name [Required]': 'firstName',
      'Last Name [Required]': 'lastName',
      'Email Address [Required]': 'email',
      'Status [READ ONLY]': 'status',
      'Work Phone': 'phoneNumbers',
      'Mobile Phone': 'phoneNumbers',
      'Employee ID': 'externalId',
      'Employee Title': 'title',
      'Manager Email': 'manager',
      Department: 'department',
      'Cost Center': 'costCenter',
      'Building ID': 'site',
    });
  });

  it('Entra’s bulk template turns "Block sign in" round and has a line above the headers', () => {
    const blocked = recogniseHeaders(ENTRA_TEMPLATE.split(',')).headers[3];
    expect(blocked).toMatchObject({ column: 'status', inverted: true, confidence: 'exact' });
    expect(isTemplatePreamble(['version:v1.0', ''])).toBe(true);
    expect(isTemplatePreamble(['Version'])).toBe(false);
  });
});

describe('headers by hand', () => {
  test.each([
    ['E-Mail-Adresse', 'email'],
    ['FÜHRUNGSKRAFT', 'manager'],
    ['Fuehrungskraft', 'manager'],
    ['Personal-Nr.', 'externalId'],
    ['cost_centre', 'costCenter'],
    ['Time Zone', 'timeZone'],
    ['Austrittsdatum', 'lastDay'],
    ['Durchwahl', 'extension'],
    ['Warteschlangen', 'groups'],
  ])('%s is %s', (header, column) => {
    expect(recogniseHeaders([header]).headers[0]).toMatchObject({
      column,
      confidence: 'likely',
      outcome: 'mapped',
    });
  });

  it('take "Name" for the last name beside a first name, and for the whole name otherwise', () => {
    expect(mapped(['Vorname', 'Name', 'E-Mail'])).toMatchObject({ Name: 'lastName' });
    expect(mapped(['Name', 'E-Mail'])).toMatchObject({ Name: 'displayName' });
  });

  it('that are unknown are reported, and custom fields are found', () => {
    const recognition = recogniseHeaders(['Email', 'Name', 'Shift', 'Hat size', ''], ['shift']);
    expect(recognition.headers[2]).toMatchObject({ column: 'custom:shift', confidence: 'exact' });
    expect(recognition.unknown).toEqual(['Hat size']);
    expect(recognition.headers[4]).toMatchObject({ outcome: 'unknown' });
  });

  it('that lead to one column are a conflict, unless one is exact', () => {
    const { conflicts, headers } = recogniseHeaders(['Email', 'Work e-mail', 'Full name']);
    expect(conflicts).toEqual([{ column: 'email', headers: ['Email', 'Work e-mail'] }]);
    expect(headers.map((header) => header.outcome)).toEqual(['conflict', 'conflict', 'mapped']);
    const okta = recogniseHeaders(['login', 'firstName', 'lastName', 'email', 'Work e-mail']);
    expect(okta.conflicts).toEqual([]);
    expect(okta.headers[4]).toMatchObject({ outcome: 'ignored' });
  });

  it('that are missing are told, also where the first row is a person', () => {
    expect(recogniseHeaders(['Ada', 'Lovelace', 'ada@example.com'])).toMatchObject({
      missing: ['name', 'email'],
      headerLooksLikeData: true,
    });
  });

  it('of any kind are each accounted for', () => {
    const words = [...OKTA.split(','), ...GOOGLE.split(','), 'Name', 'E-Mail', 'Vorname', ''];
    const header = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...words));
    fc.assert(
      fc.property(fc.array(header, { maxLength: 12 }), (headers) => {
        const recognition = recogniseHeaders(headers);
        expect(recognition.headers.map((found) => found.header)).toEqual(headers);
        const single = recognition.headers.filter(
          (found) =>
            found.outcome === 'mapped' && found.column !== 'phoneNumbers' && found.column !== 'groups',
        );
        expect(new Set(single.map((found) => found.column)).size).toBe(single.length);
      }),
    );
  });
});
