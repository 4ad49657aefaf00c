using System;
using System.Linq;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class SendingProviderReaderTests
{
    [Fact]
    public void Every_shape_of_record_is_read()
    {
        SendingProvider provider = ProviderFixture.Read(ProviderFixture.Sample);
        Assert.Equal(("sample", "Sample Sender", "my.json"), (provider.Id, provider.Name, provider.FileName));
        Assert.Equal(SendingProviderKind.EmailServiceProvider, provider.Kind);
        Assert.Equal(SendingProviderReturnPath.Bounce, provider.ReturnPath);
        Assert.Equal(
            new[]
            {
                "{domain} TXT v=spf1 include:spf.example.net ~all",
                "{selector}._domainkey.{domain} TXT v=DKIM1; k=rsa; p={publicKey}",
                "bounce.{domain} CNAME {domainDashed}.{region}.example.net",
                "mail.{domain} MX 10 mx.{region}.example.net",
                "{domain} TXT sample-code={token}",
                "send.{domain} NS {server}",
                "{domain} TXT spf2.0/pra include:spf.example.net -all",
            },
            provider.Records.Select(record => record.ToString()));
        Assert.Equal(new[] { "spf", "mx" }, provider.Records[2].Delegates);
        Assert.True(provider.Records[3].Exclusive);
        Assert.Equal(new[] { true, true, true, false, false, false, false }, provider.Records.Select(record => record.Required));
        Assert.Equal(6, Array.FindIndex(provider.Records, record => record.Legacy));
        Assert.Equal("s1", provider.Records[1].Selector);
        Assert.Equal(new[] { "spf.example.net" }, provider.Records[0].Include);
        Assert.Equal("The page <https://example.net/>", provider.Records[0].Source);
        Assert.Equal("old.example.net -> spf.example.net", provider.Obsolete.Single().ToString());
        Assert.Equal(new[] { "publicKey", "region", "token", "server" }, provider.Parameters.Select(parameter => parameter.Name));
    }

    private static string Service(string record) => ProviderFixture.Sample.Replace("\"records\": [", "\"records\": [\n" + record + ",", StringComparison.Ordinal);

    [Fact]
    public void A_service_record_is_read_made_and_written()
    {
        SendingProvider provider = ProviderFixture.Read(Service("{ \"role\": \"other\", \"host\": \"_autodiscover._tcp.{domain}\", \"type\": \"SRV\", \"preference\": 10, \"weight\": 5, \"port\": 443, \"target\": \"auto.{region}.example.net\", \"source\": \"page\" }"));
        Assert.Equal("_autodiscover._tcp.{domain} SRV 10 5 443 auto.{region}.example.net", provider.Records[0].ToString());
        SendingProviderValues values = ProviderFixture.Values("contoso.com", ("region", "eu"));
        ResourceRecord made = SendingProviderExpansion.Expand(provider, provider.Records[0], values).ToRecord(MailDns.Dns.DomainName.Parse("contoso.com"), TimeSpan.FromHours(1));
        SrvRecord service = Assert.IsType<SrvRecord>(made);
        Assert.Equal(("_autodiscover._tcp", "10 5 443 auto.eu.example.net"), (service.Name, service.ToString()));
    }

    [Theory]
    [InlineData("\"weight\": 5, ", "", "weight")]
    [InlineData("\"port\": 443, ", "", "port")]
    [InlineData("\"preference\": 10, ", "", "preference")]
    [InlineData("\"port\": 443", "\"port\": 65536", "port")]
    [InlineData("\"other\"", "\"verification\"", "type")]
    [InlineData("\"SRV\"", "\"CNAME\"", "preference")]
    public void A_wrong_service_record_is_refused(string what, string into, string property)
    {
        string record = "{ \"role\": \"other\", \"host\": \"_autodiscover._tcp.{domain}\", \"type\": \"SRV\", \"preference\": 10, \"weight\": 5, \"port\": 443, \"target\": \"auto.{region}.example.net\", \"source\": \"page\" }";
        Assert.Equal("records[0]." + property, Assert.Throws<JsonTextException>(() => ProviderFixture.Read(Service(record.Replace(what, into, StringComparison.Ordinal)))).Path);
    }

    // Each row replaces one text of the sample; the error names line, column and property.
    [Theory]
    [InlineData("\"id\": \"sample\",", "", 1, 1, "id", "the property is missing; expected a string.")]
    [InlineData("\"sample\"", "\"Sample\"", 2, 9, "id", "expected lower-case letters, digits and hyphens; found \"Sample\".")]
    [InlineData("\"sample\"", "7", 2, 9, "id", "expected a string, found the number 7.")]
    [InlineData("\"sample\"", "\" \"", 2, 9, "id", "expected a text, found an empty string.")]
    [InlineData("\"Sample Sender\"", "\"Sample \\u001b[2J\"", 3, 11, "name", "the character \"\\027\" is not allowed")]
    [InlineData("\"aliases\"", "\"alias\"", 4, 3, "alias", "unknown property \"alias\". Did you mean \"aliases\"?")]
    [InlineData("\"aliases\"", "\"zzz\"", 4, 3, "zzz", "unknown property \"zzz\". Known: $schema, id, name")]
    [InlineData("[\"smp\"]", "\"smp\"", 4, 14, "aliases", "expected an array, found the string \"smp\".")]
    [InlineData("[\"smp\"]", "[\"smp\", \"SMP\"]", 4, 22, "aliases[1]", "\"SMP\" is listed twice.")]
    [InlineData("[\"smp\"]", "[null]", 4, 15, "aliases[0]", "expected a string, found null.")]
    [InlineData("\"esp\"", "\"ESP\"", 5, 11, "kind", "expected one of esp, mailbox, gateway, forwarder, application, dmarc, hosting, own; found \"ESP\". Did you mean \"esp\"?")]
    [InlineData("\"kind\": \"esp\",", "", 1, 1, "kind", "the property is missing")]
    [InlineData("\"bounce\",\n", "\"elsewhere\",\n", 6, 17, "returnPath", "expected one of unknown, bounce, domain, provider")]
    [InlineData("\"https://example.net/\"", "\"javascript:alert(1)\"", 8, 60, "sources[0].url", "expected an http or https address")]
    [InlineData("\"title\": \"The page\", ", "", 8, 16, "sources[0].title", "the property is missing")]
    [InlineData("[ { \"id\": \"page\", \"title\": \"The page\", \"url\": \"https://example.net/\", \"firstParty\": true } ]", "[]", 8, 14, "sources", "expected at least one source")]
    [InlineData("\"firstParty\": true", "\"firstParty\": \"yes\"", 8, 98, "sources[0].firstParty", "expected true or false, found the string \"yes\".")]
    [InlineData("\"publicKey\":", "\"domain\":", 10, 5, "parameters.domain", "\"domain\" cannot be declared")]
    [InlineData("\"publicKey\":", "\"public key\":", 10, 5, "parameters.public key", "cannot be declared")]
    [InlineData("\"token\":", "\"Region\":", 12, 5, "parameters.Region", "a parameter of that name is declared already, in another case.")]
    [InlineData("\"example\": \"MIIB\", ", "", 10, 18, "parameters.publicKey.example", "the property is missing")]
    [InlineData("\"MIIB\"", "\"M!\"", 10, 58, "parameters.publicKey.example", "the example is not a value of the parameter: \"M!\" does not look like it")]
    [InlineData("\"MIIB\"", "\"MIGf\"", 10, 58, "parameters.publicKey.example", "the sample that the provider's documentation prints")]
    [InlineData("\"us\"", "\"{eu}\"", 11, 75, "parameters.region.default", "still contains a placeholder in braces")]
    [InlineData("[A-Za-z0-9+/]+={0,2}", "[A-Z", 10, 77, "parameters.publicKey.pattern", "\"[A-Z\" is not a regular expression.")]
    [InlineData("[A-Za-z0-9+/]+={0,2}", "^[A-Z]+", 10, 77, "parameters.publicKey.pattern", "without ^ and $")]
    [InlineData("\"token\": { \"description\": \"The token.\", \"example\": \"abc\" },", "\"token\": { \"description\": \"The token.\", \"example\": \"abc\" }, \"spare\": { \"description\": \"x\", \"example\": \"y\" },", 12, 74, "parameters.spare", "no record uses {spare}.")]
    [InlineData("\"role\": \"spf\", \"host\"", "\"role\": \"spff\", \"host\"", 16, 15, "records[0].role", "Did you mean \"spf\"?")]
    [InlineData("\"role\": \"spf\", \"host\": \"{domain}\"", "\"role\": \"spf\", \"host\": \"example.com\"", 16, 30, "records[0].host", "expected {domain} or a name that ends in .{domain}; found \"example.com\".")]
    [InlineData("\"{domain}\", \"type\": \"TXT\", \"include\"", "\"{domain}\", \"type\": \"MX\", \"include\"", 16, 50, "records[0].type", "a record of this role is TXT, not MX.")]
    [InlineData("\"include\": [\"spf.example.net\"], ", "", 16, 5, "records[0].include", "expected at least one name to include")]
    [InlineData("\"include\": [\"spf.example.net\"], ", "\"value\": \"v=spf1 -all\", ", 16, 66, "records[0].value", "an SPF record is made of \"include\" and \"all\"")]
    [InlineData("[\"spf.example.net\"]", "[\"spf..example.net\"]", 16, 68, "records[0].include", "with the examples filled in it is wrong: \"spf..example.net\" is not a valid domain name")]
    [InlineData("\"softfail\"", "\"hardfail\"", 16, 96, "records[0].all", "expected one of fail, softfail, neutral")]
    [InlineData("\"source\": \"page\" },\n    { \"role\": \"dkim\"", "\"source\": \"pge\" },\n    { \"role\": \"dkim\"", 16, 118, "records[0].source", "no source has the id \"pge\". Did you mean \"page\"?")]
    [InlineData(", \"selector\": \"s1\"", "", 17, 5, "records[1].selector", "the property is missing")]
    [InlineData("\"{selector}._domainkey.{domain}\"", "\"s1._domainkey.{domain}\"", 17, 31, "records[1].host", "expected \"{selector}._domainkey.{domain}\"")]
    [InlineData("\"selector\": \"s1\"", "\"selector\": \"{selector}\"", 17, 92, "records[1].selector", "a selector cannot be made of itself.")]
    [InlineData("\"selector\": \"s1\"", "\"selector\": \"s 1\"", 17, 92, "records[1].selector", "with the examples filled in it is wrong")]
    [InlineData("p={publicKey}", "p={publicKy}", 17, 107, "records[1].value", "{publicKy} is not declared under \"parameters\". Did you mean \"publicKey\"?")]
    [InlineData("p={publicKey}", "p={publicKey", 17, 107, "records[1].value", "the brace at character 19 has no partner.")]
    [InlineData("p={publicKey}", "p={public-key}", 17, 107, "records[1].value", "\"{public-key}\" is not a placeholder")]
    [InlineData("\"value\": \"v=DKIM1; k=rsa; p={publicKey}\"", "\"target\": \"k.example.net\"", 17, 108, "records[1].target", "a TXT record has a value, not a target.")]
    [InlineData("\"bounce.{domain}\"", "\"{domain}\"", 18, 33, "records[2].host", "a CNAME cannot be at the domain itself")]
    [InlineData("\"bounce.{domain}\"", "\"-bounce.{domain}\"", 18, 33, "records[2].host", "begins or ends with a hyphen")]
    [InlineData("\"bounce.{domain}\"", "\"{selector}.{domain}\"", 18, 33, "records[2].host", "{selector} has no value here")]
    [InlineData("\"target\": \"{domainDashed}.{region}.example.net\"", "\"value\": \"x\"", 18, 78, "records[2].value", "a CNAME record has a target, not a value.")]
    [InlineData("{domainDashed}.{region}.example.net", "{domainDashed}..example.net", 18, 79, "records[2].target", "with the examples filled in it is wrong: \"example-com..example.net\" is not a valid domain name")]
    [InlineData("[\"spf\", \"mx\"]", "[\"spf\", \"a\"]", 18, 131, "records[2].delegates", "expected \"spf\" and \"mx\"; found \"a\".")]
    [InlineData("\"preference\": 10, ", "", 19, 5, "records[3].preference", "an MX record has a preference")]
    [InlineData("\"preference\": 10", "\"preference\": 65536", 19, 78, "records[3].preference", "expected a whole number from 0 to 65535, found the number 65536.")]
    [InlineData("\"preference\": 10", "\"preference\": -1", 19, 78, "records[3].preference", "expected a whole number from 0 to 65535")]
    [InlineData("\"exclusive\": true", "\"delegates\": [\"mx\"]", 19, 132, "records[3].delegates", "only an alias (CNAME) hands other records over.")]
    [InlineData("\"example\": \"ns1.example.net\"", "\"example\": \"ns1 example\"", 21, 78, "records[5].target", "with the examples filled in it is wrong")]
    [InlineData("\"legacy\": true", "\"legacy\": true, \"required\": true", 22, 142, "records[6].required", "a legacy record cannot be required.")]
    [InlineData("\"old.example.net\"", "\"old example\"", 24, 43, "obsolete[0].value", "\"old example\" is not a valid domain name")]
    [InlineData("[\"What else.\"]", "[{}]", 25, 16, "unknowns[0]", "expected a string, found an object.")]
    public void A_broken_profile_names_line_column_and_property(string old, string replacement, int line, int column, string path, string problem)
    {
        Assert.Contains(old, ProviderFixture.Sample, StringComparison.Ordinal);
        int at = ProviderFixture.Sample.IndexOf(old, StringComparison.Ordinal);
        string broken = string.Concat(ProviderFixture.Sample.AsSpan(0, at), replacement, ProviderFixture.Sample.AsSpan(at + old.Length));
        JsonTextException error = Assert.Throws<JsonTextException>(() => ProviderFixture.Read(broken));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column, path, "my.json"), (error.Line, error.Column, error.Path, error.FileName));
        Assert.StartsWith("my.json, line " + line + ", column " + column + ", " + path + ": ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "expected an object, found an array.")]
    [InlineData("null", "expected an object, found null.")]
    [InlineData("\"x\"", "expected an object, found the string \"x\".")]
    public void A_profile_is_an_object(string text, string problem)
    {
        JsonTextException error = Assert.Throws<JsonTextException>(() => ProviderFixture.Read(text));
        Assert.Equal(problem, error.Problem);
        Assert.Equal((1, 1, string.Empty), (error.Line, error.Column, error.Path));
    }

    [Theory]
    [InlineData("v=spf1 exists:%{i}.{domain} -all", "domain")]
    [InlineData("plain", "")]
    [InlineData("{a}{b}{a}", "a,b")]
    public void Macros_are_no_placeholders(string text, string names)
    {
        Assert.True(SendingProviderTemplate.TryParse(text, out SendingProviderTemplate? template, out _));
        Assert.Equal(names, string.Join(",", template!.Placeholders));
        Assert.Equal(text.Replace("{domain}", "d", StringComparison.Ordinal).Replace("{a}", "a", StringComparison.Ordinal).Replace("{b}", "b", StringComparison.Ordinal), template.Expand(name => name == "domain" ? "d" : name));
    }

    [Fact]
    public void A_pattern_that_never_ends_matches_nothing()
    {
        var parameter = new SendingProviderParameter("x", "d", "a", "(a+)+b", null, Array.Empty<string>());
        Assert.NotEmpty(parameter.Fault(new string('a', 200)));
    }
}
