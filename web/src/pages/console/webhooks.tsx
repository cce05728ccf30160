import { WebhooksPage } from '../../webhooks/webhooks-page.js';

export default WebhooksPage;
