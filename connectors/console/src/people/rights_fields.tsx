// Which roles somebody has, and where: a group of boxes for each role.
import { useTexts } from '../texts/texts';
import type { People, Right } from '../wire/people_calls';

const kLocalRoles = ['agent', 'editor', 'admin'];

const isSame = (a: Right, b: Right) => a.role === b.role && a.municipality === b.municipality;

interface RightsFieldsProps {
  people: People;
  rights: Right[];
  onChange(rights: Right[]): void;
}

export function RightsFields({ people, rights, onChange }: RightsFieldsProps) {
  const texts = useTexts().people;
  const box = (right: Right, label: string, isFixed = false) => {
    const has = rights.some((each) => isSame(each, right));
    const toggle = () => onChange(has ? rights.filter((each) => !isSame(each, right)) : [...rights, right]);
    return (
      <label className="box" key={`${right.role}:${right.municipality}`}>
        <input type="checkbox" className="ds-input" checked={has} disabled={isFixed} onChange={toggle} /> {label}
      </label>
    );
  };
  return (
    <div className="rights">
      {kLocalRoles.map((role) => {
        const everywhere = { role, municipality: null };
        const hasEverywhere = rights.some((each) => isSame(each, everywhere));
        return (
          <fieldset key={role}>
            <legend>{texts.roles[role]}</legend>
            <p className="quiet">{texts.roleWords[role]}</p>
            {(people.everywhere || hasEverywhere) && box(everywhere, texts.everywhere, !people.everywhere)}
            {people.municipalities.map(({ id, name }) => box({ role, municipality: id }, name))}
          </fieldset>
        );
      })}
      {people.system && (
        <fieldset>
          <legend>{texts.roles.system}</legend>
          {box({ role: 'system', municipality: null }, texts.roleWords.system!)}
        </fieldset>
      )}
    </div>
  );
}
