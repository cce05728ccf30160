import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
} from 'typeorm';
import type { UserRole } from '../policies.js';
import { UserAccount } from './user-account.js';

/** A key for programs. Only its hash is kept; `prefix` is what people recognise it by. */
@Entity()
@Unique('api_key_key_hash_key', ['keyHash'])
@Index('api_key_account', ['accountId', 'id'])
export class ApiKey {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'api_key_pkey' })
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => UserAccount, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'api_key_account_id_fkey' })
  account?: UserAccount;

  @Column('text')
  name!: string;

  @Column('text')
  prefix!: string;

  @Column('bytea')
  keyHash!: Buffer;

  @Column('text', { array: true })
  roles!: UserRole[];

  @Column('text', { array: true, nullable: true })
  scopes!: string[] | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;
}
