using System.Collections.Generic;

namespace MailDns.Dkim;

/// <summary>
/// Selectors that are tried where none is given, since DNS cannot list them (RFC 6376 section 3.1). Fixed names out of the
/// platforms' own set-up pages, and a few that signing software suggests.
/// </summary>
internal static class CommonSelectors
{
    public static IReadOnlyList<string> All { get; } = new[]
    {
        "ak", // Altcraft
        "selector1", "selector2", // Microsoft 365: learn.microsoft.com, "Set up DKIM to sign mail"
        "google", // Google Workspace: support.google.com/a/answer/174124
        "s1", "s2", // Twilio SendGrid, automated security
        "k1", "k2", "k3", // Mailchimp
        "mte1", "mte2", "mandrill", // Mailchimp Transactional (Mandrill)
        "pdk1", "pdk2", // Mailgun, automatic sender security
        "brevo1", "brevo2", // Brevo
        "mailjet", // Mailjet
        "resend", // Resend
        "zoho", // Zoho Mail's own example
        "kl", "kl2", // Klaviyo
        "pm", // Postmark's older domains
        "fm1", "fm2", "fm3", // Fastmail
        "protonmail", "protonmail2", "protonmail3", // Proton Mail
        "sig1", // iCloud Mail, custom domains
        "mailru", // Mail.ru for business
        "us", // UniSender
        "default", // opendkim-genkey, cPanel
        "dkim", "mail", "email", "smtp", "mx", "key1", "key2", "dkim1", // examples of manuals
    };
}
