using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace MailDns.Shell.Commands;

/// <summary>Writes engine objects as JSON: values as values, dictionaries and objects as objects, the rest of what can be enumerated as arrays.</summary>
internal sealed class JsonObjectWriter
{
    private readonly Utf8JsonWriter _writer;
    private readonly int _depth;
    private readonly bool _enumsAsStrings;

    public JsonObjectWriter(Utf8JsonWriter writer, int depth, bool enumsAsStrings)
    {
        _writer = writer;
        _depth = depth;
        _enumsAsStrings = enumsAsStrings;
    }

    /// <summary>Whether something deeper than the depth was written as its text.</summary>
    public bool Truncated { get; private set; }

    public void Write(object? value, int level)
    {
        object? plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        if (WriteScalar(plain))
            return;
        if (level > _depth)
        {
            Truncated = true;
            _writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(plain));
            return;
        }

        if (plain is IDictionary dictionary)
            WriteDictionary(dictionary, level);
        else if (plain is IEnumerable items and not PSObject)
            WriteArray(items, level);
        else
            WriteProperties(PSObject.AsPSObject(plain), level);
    }

    private bool WriteScalar(object? value)
    {
        switch (value)
        {
            case null or DBNull:
                _writer.WriteNullValue();
                return true;
            case string text:
                _writer.WriteStringValue(text);
                return true;
            case bool flag:
                _writer.WriteBooleanValue(flag);
                return true;
            case SwitchParameter flag:
                _writer.WriteBooleanValue(flag.IsPresent);
                return true;
            case Enum constant when _enumsAsStrings:
                _writer.WriteStringValue(constant.ToString());
                return true;
            case Enum constant:
                _writer.WriteNumberValue(Convert.ToDecimal(constant, CultureInfo.InvariantCulture));
                return true;
            case double or float:
                WriteReal(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                return true;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                _writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                return true;
            case DateTime time:
                _writer.WriteStringValue(time);
                return true;
            case DateTimeOffset time:
                _writer.WriteStringValue(time);
                return true;
            case char or Guid or Uri or Version or Type or System.Net.IPAddress:
                _writer.WriteStringValue(value.ToString());
                return true;
            default:
                return false;
        }
    }

    private void WriteReal(double number)
    {
        if (double.IsFinite(number))
            _writer.WriteNumberValue(number);
        else
            _writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteDictionary(IDictionary dictionary, int level)
    {
        _writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            _writer.WritePropertyName(entry.Key.ToString() ?? string.Empty);
            Write(entry.Value, level + 1);
        }

        _writer.WriteEndObject();
    }

    private void WriteArray(IEnumerable items, int level)
    {
        _writer.WriteStartArray();
        foreach (object? item in items)
            Write(item, level + 1);
        _writer.WriteEndArray();
    }

    private void WriteProperties(PSObject target, int level)
    {
        _writer.WriteStartObject();
        foreach (PSPropertyInfo property in target.Properties)
        {
            if (!property.IsGettable)
                continue;
            _writer.WritePropertyName(property.Name);
            object? value;
            try
            {
                value = property.Value;
            }
            catch (GetValueException)
            {
                // A getter that throws has no value to tell; PowerShell leaves it out the same way.
                value = null;
            }

            Write(value, level + 1);
        }

        _writer.WriteEndObject();
    }
}
