/**
 * The people of the seed, one row each:
 * first name | last name | department | title | userType | status | manager's shortname | city | country | cost center | skills.
 */
const ROWS = `
Grace|Okafor|Administration|Identity Administrator|Employee|ACTIVE||Lagos|NG|CC-400|-
Marco|Bianchi|Administration|Chief Executive Officer|Employee|ACTIVE||Milan|IT|CC-400|-
Priya|Raman|Engineering|VP Engineering|Employee|ACTIVE|marco.bianchi|Bengaluru|IN|CC-100|architecture,hiring
Ann|Lee|Engineering|Engineering Manager|Employee|ACTIVE|priya.raman|Seattle|US|CC-100|typescript,mentoring
Tomás|Herrera|Engineering|Senior Software Engineer|Employee|ACTIVE|ann.lee|Madrid|ES|CC-100|typescript,postgres
Yuki|Tanaka|Engineering|Software Engineer|Employee|ACTIVE|ann.lee|Osaka|JP|CC-100|react
Oliver|Schmidt|Engineering|Software Engineer|Employee|ACTIVE|ann.lee|Hamburg|DE|CC-100|go
Fatima|Zahra|Engineering|Site Reliability Engineer|Employee|ACTIVE|priya.raman|Casablanca|MA|CC-100|kubernetes,terraform
Liam|Murphy|Engineering|Site Reliability Engineer|Employee|LOCKED_OUT|priya.raman|Dublin|IE|CC-100|linux
Chloe|Dubois|Engineering|QA Engineer|Employee|ACTIVE|ann.lee|Lyon|FR|CC-100|playwright
Noah|Kim|Engineering|Software Engineer|Contractor|ACTIVE|ann.lee|Austin|US|CC-100|rust
Ines|Ferreira|Engineering|Mobile Engineer|Contractor|ACTIVE|ann.lee|Porto|PT|CC-100|kotlin,swift
Dmitri|Volkov|Engineering|Data Engineer|Contractor|SUSPENDED|priya.raman|Tallinn|EE|CC-100|spark
Aisha|Bello|Engineering|Junior Software Engineer|Employee|PROVISIONED|ann.lee|Abuja|NG|CC-100|python
Sven|Larsson|Engineering|Security Engineer|Employee|ACTIVE|priya.raman|Malmö|SE|CC-100|oauth,pki
Mei|Chen|Engineering|Software Engineer Intern|Intern|STAGED|ann.lee|Taipei|TW|CC-100|java
Rafael|Costa|Engineering|Platform Engineer|Contractor|DEPROVISIONED|priya.raman|Recife|BR|CC-100|aws
Hannah|Weiss|Product|Head of Product|Employee|ACTIVE|marco.bianchi|Vienna|AT|CC-100|roadmaps
Jonas|Nielsen|Product|Product Manager|Employee|ACTIVE|hannah.weiss|Aarhus|DK|CC-100|research
Zoe|Papadaki|Product|Product Designer|Employee|ACTIVE|hannah.weiss|Athens|GR|CC-100|figma
Elif|Demir|Product|UX Researcher|Contractor|ACTIVE|hannah.weiss|Izmir|TR|CC-100|interviews
Caleb|Wright|Sales|VP Sales|Employee|ACTIVE|marco.bianchi|Chicago|US|CC-200|negotiation
Sofia|Marin|Sales|Sales Manager EMEA|Employee|ACTIVE|caleb.wright|Bucharest|RO|CC-200|negotiation
Daniel|Osei|Sales|Account Executive|Employee|ACTIVE|sofia.marin|Accra|GH|CC-200|-
Emily|Carter|Sales|Account Executive|Employee|ACTIVE|caleb.wright|Denver|US|CC-200|-
Lucas|Moreau|Sales|Account Executive|Employee|PASSWORD_EXPIRED|sofia.marin|Nantes|FR|CC-200|-
Nadia|Haddad|Sales|Sales Engineer|Employee|ACTIVE|caleb.wright|Amman|JO|CC-200|demos,sql
Ethan|Brooks|Sales|Sales Development Rep|Employee|ACTIVE|caleb.wright|Denver|US|CC-200|-
Isabel|Navarro|Sales|Sales Development Rep|Contractor|ACTIVE|sofia.marin|Valencia|ES|CC-200|-
Victor|Petrov|Sales|Channel Manager|Employee|SUSPENDED|caleb.wright|Sofia|BG|CC-200|-
Megan|Hughes|Sales|Sales Operations Analyst|Employee|ACTIVE|caleb.wright|Cardiff|GB|CC-200|salesforce
Amara|Diallo|Marketing|Head of Marketing|Employee|ACTIVE|marco.bianchi|Dakar|SN|CC-200|branding
Leo|Rossi|Marketing|Content Strategist|Employee|ACTIVE|amara.diallo|Turin|IT|CC-200|writing
Freya|Jensen|Marketing|Events Manager|Employee|ACTIVE|amara.diallo|Oslo|NO|CC-200|events
Kofi|Mensah|Marketing|Graphic Designer|Contractor|ACTIVE|amara.diallo|Kumasi|GH|CC-200|illustration
Paula|Silva|Marketing|Campaign Manager|Employee|RECOVERY|amara.diallo|Lisbon|PT|CC-200|-
Robert|Singh|Finance|Chief Financial Officer|Employee|ACTIVE|marco.bianchi|London|GB|CC-400|forecasting
Claire|Fontaine|Finance|Controller|Employee|ACTIVE|robert.singh|Paris|FR|CC-400|accounting
Hugo|Martens|Finance|Payroll Specialist|Employee|ACTIVE|robert.singh|Ghent|BE|CC-400|payroll
Jing|Wu|Finance|Financial Analyst|Employee|ACTIVE|robert.singh|Singapore|SG|CC-400|excel
Olga|Ivanova|Finance|Accounts Payable Clerk|Contractor|DEPROVISIONED|claire.fontaine|Riga|LV|CC-400|-
Teresa|Quinn|Human Resources|Chief People Officer|Employee|ACTIVE|marco.bianchi|Boston|US|CC-400|coaching
Arjun|Mehta|Human Resources|HR Business Partner|Employee|ACTIVE|teresa.quinn|Pune|IN|CC-400|-
Laura|Kowalska|Human Resources|Recruiter|Employee|ACTIVE|teresa.quinn|Kraków|PL|CC-400|sourcing
Ben|Adler|Human Resources|Recruiter|Contractor|STAGED|teresa.quinn|Haifa|IL|CC-400|sourcing
Samuel|Ortiz|IT|IT Director|Employee|ACTIVE|robert.singh|Bogotá|CO|CC-300|itil
Rachel|Green|IT|Help Desk Lead|Employee|ACTIVE|samuel.ortiz|Phoenix|US|CC-300|support
Omar|Farouk|IT|Help Desk Technician|Employee|ACTIVE|rachel.green|Cairo|EG|CC-300|support
Katya|Novak|IT|Systems Administrator|Employee|ACTIVE|samuel.ortiz|Prague|CZ|CC-300|windows,linux
Peter|Jansen|IT|Network Engineer|Contractor|ACTIVE|samuel.ortiz|Utrecht|NL|CC-300|cisco
Ravi|Iyer|IT|Help Desk Technician|Contractor|LOCKED_OUT|rachel.green|Chennai|IN|CC-300|support
Diana|Popescu|Legal|General Counsel|Employee|ACTIVE|marco.bianchi|Cluj|RO|CC-400|contracts
Ahmed|Rashid|Legal|Privacy Officer|Employee|ACTIVE|diana.popescu|Doha|QA|CC-400|gdpr
Nora|Lindqvist|Customer Success|Head of Customer Success|Employee|ACTIVE|caleb.wright|Uppsala|SE|CC-300|onboarding
Felix|Braun|Customer Success|Customer Success Manager|Employee|ACTIVE|nora.lindqvist|Graz|AT|CC-300|onboarding
Mia|Thompson|Customer Success|Support Engineer|Employee|ACTIVE|nora.lindqvist|Perth|AU|CC-300|support,sql
Jorge|Ramos|Customer Success|Support Engineer|Contractor|ACTIVE|nora.lindqvist|Lima|PE|CC-300|support
Alice|Walker|Customer Success|Support Engineer|Employee|PROVISIONED|nora.lindqvist|Leeds|GB|CC-300|support
Wei|Zhang|Facilities|Workplace Manager|Employee|ACTIVE|teresa.quinn|Vancouver|CA|CC-300|-
Hank|Miller|Facilities|Reception|Contractor|DEPROVISIONED|wei.zhang|Seattle|US|CC-300|-
`;

/** One person of the seed, before it becomes a user. */
export interface Person {
  firstName: string;
  lastName: string;
  department: string;
  title: string;
  userType: string;
  status: string;
  manager: string;
  city: string;
  countryCode: string;
  costCenterCode: string;
  skills: string[];
}

const field = (cells: string[], at: number): string => cells[at] ?? "";

/** All people of the seed, the admin the API token belongs to first. */
export const PEOPLE: readonly Person[] = ROWS.trim()
  .split("\n")
  .map((row) => {
    const cells = row.split("|");
    return {
      firstName: field(cells, 0),
      lastName: field(cells, 1),
      department: field(cells, 2),
      title: field(cells, 3),
      userType: field(cells, 4),
      status: field(cells, 5),
      manager: field(cells, 6),
      city: field(cells, 7),
      countryCode: field(cells, 8),
      costCenterCode: field(cells, 9),
      skills: field(cells, 10) === "-" ? [] : field(cells, 10).split(","),
    };
  });
