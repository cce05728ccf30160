import { Alert, Anchor, Button, Checkbox, List, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { languages, nameOfLanguage } from '../../i18n/languages.js';
import { FormErrors } from '../../shared/form-errors.js';
import { useSaleWarnings } from '../../shared/sale-warnings.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import { e164Of, isE164 } from '../../shared/telephone.js';
import { type BranchValues, branchesBody, missingIn } from './branch-answers.js';
import { BranchFields } from './branch-fields.js';
import { useCatalogue } from './contract.js';
import type { StepProps } from './order.js';
import { useStep } from './use-step.js';

/** The request form: whose number it will be, and by which telephone other networks reach it. */
export function ApplyStep(props: StepProps) {
  const { t, i18n } = useTranslation('shop');
  const { order } = props;
  const catalogue = useCatalogue();
  const product = catalogue.data?.products.find(({ id }) => id === order.product);
  const own = product?.form === 'own-telephone';
  const company = product?.form === 'company';
  const wordsOf = useSaleWarnings();
  const applying = useStep(props, 'application');
  const [tried, setTried] = useState(0);
  const form = useForm({
    initialValues: {
      name: '',
      language: i18n.resolvedLanguage ?? 'en',
      area: '',
      contact: '',
      terms: false,
      warnings: false,
      branches: {} as Readonly<Record<string, BranchValues>>,
    },
    validate: {
      branches: (all) =>
        Object.values(all).every((one) => missingIn(one).length === 0) ? null : t('branches.missing'),
      contact: (text) => (own || text.trim() === '' || isE164(text) ? null : t('apply.contactWrong')),
      terms: (given) => (given ? null : t('apply.mustAccept')),
      warnings: (given) => (given || order.warnings.length === 0 ? null : t('apply.mustAccept')),
    },
  });
  return (
    <Section title={t('step.apply')} text={t('apply.text')}>
      <form
        onSubmit={form.onSubmit(
          ({ name, language, area, contact, warnings, branches }) =>
            applying.start({
              holder: { name: name.trim(), language, area: area.trim() === '' ? null : area.trim() },
              contact: contact.trim() === '' ? null : e164Of(contact),
              ...(company ? { branches: branchesBody(branches) } : {}),
              acceptsTerms: true,
              acceptsWarnings: warnings,
            }),
          () => setTried(tried + 1),
        )}
      >
        <Stack>
          <TextInput
            label={t(product?.kind === 'company' ? 'apply.companyName' : 'apply.name')}
            autoComplete={product?.kind === 'company' ? 'organization' : 'name'}
            required
            maxLength={200}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('apply.language')}
            description={t('apply.languageHint')}
            data={languages.map((code) => ({ value: code, label: nameOfLanguage(code) }))}
            allowDeselect={false}
            {...form.getInputProps('language')}
          />
          <TextInput
            label={t('apply.area')}
            description={t('apply.areaHint')}
            inputMode="numeric"
            maxLength={6}
            {...form.getInputProps('area')}
          />
          {!own && (
            <TextInput
              label={t('apply.contact')}
              description={t('apply.contactHint')}
              type="tel"
              autoComplete="tel"
              placeholder="+82 2-6200-6200"
              {...form.getInputProps('contact')}
            />
          )}
          {company && order.countries !== null && (
            <BranchFields
              countries={order.countries}
              values={form.values.branches}
              onChange={(branches) => form.setFieldValue('branches', branches)}
            />
          )}
          {order.warnings.length > 0 && (
            <Alert color="yellow" variant="light" title={t('apply.warnings')}>
              <List size="sm">
                {wordsOf(order.warnings).map((text) => (
                  <List.Item key={text}>{text}</List.Item>
                ))}
              </List>
            </Alert>
          )}
          <Checkbox
            label={t('apply.terms')}
            description={
              <Anchor component={Link} to="/about/terms" target="_blank" size="sm">
                {t('apply.readTerms')}
              </Anchor>
            }
            {...form.getInputProps('terms', { type: 'checkbox' })}
          />
          {order.warnings.length > 0 && (
            <Checkbox
              label={t('apply.acceptWarnings')}
              {...form.getInputProps('warnings', { type: 'checkbox' })}
            />
          )}
          <FormErrors errors={form.errors} tried={tried} />
          <ProblemAlert error={applying.error} />
          <div>
            <Button type="submit" size="md" loading={applying.isPending}>
              {t('apply.submit')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}
