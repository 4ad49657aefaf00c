namespace MailDns;

/// <summary>Whose resources the Terraform format writes.</summary>
public enum TerraformProvider
{
    /// <summary>aws_route53_record of hashicorp/aws.</summary>
    Aws,

    /// <summary>azurerm_dns_*_record of hashicorp/azurerm.</summary>
    Azure,

    /// <summary>cloudflare_dns_record of cloudflare/cloudflare, version 5 or later.</summary>
    Cloudflare,

    /// <summary>google_dns_record_set of hashicorp/google.</summary>
    Google,
}
