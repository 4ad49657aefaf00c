using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Dns;

/// <summary>What holds for every record type, by the register.</summary>
public sealed class RecordTypesTests
{
    private static readonly DomainName s_zone = DomainName.FromDns("contoso.com");

    [Fact]
    public void The_generator_knows_every_type_of_the_register()
    {
        var missing = RecordTypes.All.Select(type => type.Number).ToHashSet();
        RecordGen.Data.Sample(data => { missing.Remove(data.Type); }, iter: 1000, threads: 1);
        Assert.Empty(missing);
    }

    [Fact]
    public void The_wire_form_comes_back_and_no_part_of_it_is_data() => RecordGen.Data.Sample(
        data =>
        {
            var writer = new WireWriter(1);
            data.Data.Write(writer);
            byte[] octets = writer.ToArray();
            var reader = new WireReader(octets);
            RecordData? read = RecordTypes.Read(data.Type, ref reader);
            Assert.Equal(data.Data.ToPresentation(), read?.ToPresentation());
            Assert.Equal(0, reader.Left);

            // Cut anywhere it is other data or none, and nothing is read behind it. A TXT record without a string reads as one that is empty.
            for (int length = data.Type == DnsRecordType.Txt ? 1 : 0; length < octets.Length; length++)
            {
                var part = new WireReader(octets, 0, length);
                Assert.NotEqual(data.Data.ToPresentation(), RecordTypes.Read(data.Type, ref part)?.ToPresentation());
            }
        },
        iter: 2000);

    [Fact]
    public void The_presentation_form_comes_back_from_a_zone_file_and_prints() => RecordGen.Data.Sample(
        data =>
        {
            string text = data.Data.ToPresentation();
            Assert.All(text, c => Assert.InRange(c, ' ', '~'));
            ZoneFile zone = ZoneFileParser.Parse($"x.contoso.com. 5 IN {DnsRecordTypes.Mnemonic(data.Type)} {text}\nafter 5 TXT x", "test", s_zone);
            Assert.Empty(zone.Skipped);
            Assert.Equal((data.Type, text), (zone.Records[0].Type, zone.Records[0].Data.ToPresentation()));
        },
        iter: 5000);

    [Fact]
    public void An_owner_of_any_octets_comes_back_from_a_zone_file_and_from_the_wire() => RecordGen.Names.Sample(
        name =>
        {
            ZoneFile zone = ZoneFileParser.Parse(name.ToPresentation() + " 5 IN TXT x", "test", DomainName.Root);
            Assert.Equal(name, Assert.Single(zone.Records).Owner);
            var writer = new WireWriter(1);
            writer.Name(name);
            var reader = new WireReader(writer.ToArray());
            Assert.True(reader.TryReadName(out DomainName? read));
            Assert.Equal(name, read);
            reader.Position = 0;
            Assert.True(reader.TrySkipName(name));
            Assert.Equal(0, reader.Left);
            Assert.All(name.ToString(), c => Assert.InRange(c, ' ', '~'));
        },
        iter: 5000);

    [Fact]
    public void Octets_that_are_changed_never_throw() => Gen.Select(RecordGen.Data, Gen.Int[0, 4000], Gen.Byte).Sample(
        (data, at, octet) =>
        {
            var writer = new WireWriter(1);
            data.Data.Write(writer);
            byte[] octets = writer.ToArray();
            if (octets.Length > 0)
                octets[at % octets.Length] = octet;
            foreach (RecordTypeDefinition type in RecordTypes.All)
            {
                var reader = new WireReader(octets);
                _ = RecordTypes.Read(type.Number, ref reader)?.ToPresentation();
            }
        },
        iter: 5000);

    public static TheoryData<string> Piped => [.. RecordTypes.All.Where(type => type.Make is not null).Select(type => DnsRecordTypes.Mnemonic(type.Number))];

    /// <summary>One record of each type that users pipe.</summary>
    internal static ResourceRecord Example(string type) => type switch
    {
        "A" => new ARecord("contoso.com", "h", IPAddress.Parse("192.0.2.1"), TimeSpan.FromHours(1), RecordPurpose.Address),
        "AAAA" => new AaaaRecord("contoso.com", "h", IPAddress.Parse("2001:db8::1"), TimeSpan.FromHours(1), RecordPurpose.Address),
        "CNAME" => new CnameRecord("contoso.com", "h", "target.example.net", TimeSpan.FromHours(1), RecordPurpose.Other),
        "NS" => new NsRecord("contoso.com", "h", "ns.example.net", TimeSpan.FromHours(1), RecordPurpose.Delegation),
        "PTR" => new PtrRecord("contoso.com", "h", "host.example.net", TimeSpan.FromHours(1), RecordPurpose.Address),
        "MX" => new MxRecord("contoso.com", "h", 10, "mx.example.net", TimeSpan.FromHours(1), RecordPurpose.Mx),
        "TXT" => new TxtRecord("contoso.com", "h", "v=spf1 -all", TimeSpan.FromHours(1), RecordPurpose.Spf),
        "SRV" => new SrvRecord("contoso.com", "h", 1, 2, 3, "srv.example.net", TimeSpan.FromHours(1), RecordPurpose.Other),
        "TLSA" => new TlsaRecord("contoso.com", "h", TlsaCertificateUsage.DomainIssuedCertificate, TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.Sha256Hash, new string('a', 64), TimeSpan.FromHours(1), RecordPurpose.Tlsa),
        "CAA" => new CaaRecord("contoso.com", "h", 128, "issue", "ca.example.net", TimeSpan.FromHours(1), RecordPurpose.Caa),
        _ => throw new ArgumentException("The test has no example of " + type, nameof(type)),
    };

    [Theory]
    [MemberData(nameof(Piped))]
    public void A_record_is_made_again_of_its_properties_under_each_of_their_names(string type)
    {
        ResourceRecord record = Example(type);
        RecordTypeDefinition definition = record.TypeDefinition;
        Assert.Equal(type, record.RecordType);
        Assert.NotEmpty(definition.Fields);
        var names = new List<Func<RecordField, string?>> { field => field.Name, field => field.DnsServer, field => field.Azure };
        names.AddRange(Enumerable.Range(0, definition.Fields.Min(field => field.Others.Count)).Select(i => (Func<RecordField, string?>)(field => field.Others[i])));
        foreach (Func<RecordField, string?> name in names.Where(name => definition.Fields.All(field => name(field) is not null)))
        {
            Dictionary<string, object> properties = definition.Fields.ToDictionary(field => name(field)!, field => field.Value(record.Data));
            RecordData made = definition.Bind!(new RecordFields(property => properties.GetValueOrDefault(property)));
            Assert.Equal(record.Data.ToPresentation(), made.ToPresentation());
        }

        Assert.Throws<FormatException>(() => definition.Bind!(new RecordFields(_ => null)));
    }

    [Theory]
    [MemberData(nameof(Piped))]
    public void A_field_is_a_public_property_and_no_property_has_a_name_that_would_bind_wrongly(string type)
    {
        ResourceRecord record = Example(type);
        string[] properties = [.. record.GetType().GetProperties().Select(property => property.Name)];
        Assert.Empty(record.TypeDefinition.Fields.Select(field => field.Name).Except(properties));
        Assert.DoesNotContain(properties, name => name is "AgeRecord" or "AllowUpdateAny" or "CreatePtr" or "ZoneScope" or "VirtualizationInstance" or "Type" or "RecordData"
            or "Metadata" or "Zone" or "Target" or "Port" or "Address" or "Service" or "InputObject" or "Server" or "DomainName" or "Domain");
        Assert.Equal(type is "TXT", properties.Contains("Value"));
        Assert.Equal(
            record.ToString(),
            RecordTypes.Make(record.ToDnsRecord(), record.Zone, record.Purpose)!.ToString());
    }
}
